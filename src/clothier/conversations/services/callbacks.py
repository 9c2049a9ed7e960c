"""What channels tell us by callback becomes messages and states."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from clothier.conversations.channels.wechat.channel import WeChat
from clothier.conversations.channels.wecom.channel import WeCom
from clothier.conversations.contracts import DispatchState, NewFile, NotSent
from clothier.conversations.models import Cursor
from clothier.conversations.rules.files import fault, named
from clothier.conversations.services.dispatching import note_state
from clothier.conversations.services.receiving import receive
from clothier.kernel.errors import Refused

log = structlog.get_logger(__name__)
# What is not words, in words.
_SHOWN = {
    "image": "[图片]",
    "voice": "[语音]",
    "video": "[视频]",
    "location": "[位置]",
    "link": "[链接]",
    "file": "[文件]",
}
_PAGES = 20


def hear_wechat(channel: WeChat, told: Mapping[str, str]) -> None:
    """A message of an official account; told again it is the same. Events (followed, left) are nobody's words."""
    kind = told.get("MsgType", "")
    if not told.get("MsgId") or not told.get("FromUserName"):
        return
    files = _media(channel, kind, told.get("MediaId", ""))
    text = told.get("Content") or told.get("Recognition") or ("" if files else _SHOWN.get(kind, ""))
    _take("wechat", told["FromUserName"], text, told["MsgId"], told.get("CreateTime", ""), files)


def hear_wecom(channel: WeCom, told: Mapping[str, str]) -> None:
    """Fetch what customers wrote. What stops half-way goes on from the cursor with the next callback.

    Raises NotSent when WeCom does not answer, so that it calls again.
    """
    if told.get("Event") != "kf_msg_or_event":
        return
    name = f"wecom:{channel.corp}:{told.get('OpenKfId', '')}"[:120]
    cursor = Cursor.objects.filter(pk=name).values_list("value", flat=True).first() or ""
    for _page in range(_PAGES):
        news, cursor, more = channel.news(told, cursor)
        for one in news:
            _wecom_message(channel, one)
        Cursor.objects.update_or_create(pk=name, defaults={"value": cursor})
        if not more:
            return


def hear_sms(told: Mapping[str, Any]) -> None:
    """A message (`from`, `text`, `id`) or a receipt (`number`, `state`: delivered or failed)."""
    if "from" in told:
        _take("sms", str(told["from"]), str(told.get("text", "")), str(told.get("id", "")), str(told.get("at", "")))
    elif told.get("state") in (DispatchState.DELIVERED, DispatchState.FAILED):
        note_state(number=str(told.get("number", "")), state=str(told["state"]))


def _wecom_message(channel: WeCom, one: Mapping[str, Any]) -> None:
    # 3: written by the customer; 4: events; 5: written by a colleague in WeCom itself.
    if one.get("origin") != 3:
        return
    kind = str(one.get("msgtype", ""))
    files = _media(channel, kind, str(one.get(kind, {}).get("media_id", "")))
    text = str(one.get("text", {}).get("content", "")) if kind == "text" else "" if files else _SHOWN.get(kind, "")
    sender = f"{one.get('open_kfid', '')}:{one.get('external_userid', '')}"
    _take("wecom", sender, text, str(one.get("msgid", "")), str(one.get("send_time", "")), files)


def _take(channel: str, sender: str, text: str, number: str, at: str, files: tuple[NewFile, ...] = ()) -> None:
    """A channel cannot be refused: it would only tell us the same again."""
    if not number or not sender:
        return
    moment = datetime.fromtimestamp(int(at), UTC) if at.isdecimal() and len(at) < 11 else None
    try:
        receive(channel=channel, sender=sender, text=text, external_id=number, occurred_at=moment, attachments=files)
    except Refused as refused:
        log.info("message_refused", channel=channel, field=refused.field)


def _media(channel: WeChat | WeCom, kind: str, media: str) -> tuple[NewFile, ...]:
    """The file of a message; none where it has none, it is not to be had, or it is nothing that may be sent."""
    if not media:
        return ()
    try:
        content = channel.media(media)
    except NotSent:
        return ()
    file = NewFile(named(kind, content), content)
    return () if fault(file) else (file,)
