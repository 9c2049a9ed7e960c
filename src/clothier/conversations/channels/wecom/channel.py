"""WeCom customer service (微信客服): a callback says that there is news, which is then fetched; replies are pushed."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from clothier.conversations.channels.http import ask, fetch, upload
from clothier.conversations.channels.wechat import tokens
from clothier.conversations.channels.wechat.channel import fields
from clothier.conversations.channels.wechat.crypto import Envelope, check
from clothier.conversations.channels.wechat.parts import send_parts
from clothier.conversations.contracts import Identity, NewFile, NotSent, Outgoing
from clothier.conversations.rules.files import ANY, MEGABYTE, media_type

API = "https://qyapi.weixin.qq.com"
_STALE = frozenset({40014, 42001})
# No such customer, the session is over, too many: never. https://developer.work.weixin.qq.com/document/path/94677
_NEVER = frozenset({95000, 95001, 95002, 95013, 95018})

_SORTS = {"image/jpeg": "image", "image/png": "image", "audio/amr": "voice", "video/mp4": "video"}


class WeCom:
    """Messages are addressed `<open_kfid>:<external_userid>`: the same person may write to two of our desks."""

    key = "wecom"
    pushes = True
    # What is no picture, voice or video goes as a file. https://developer.work.weixin.qq.com/document/path/90253
    carries: Mapping[str, int] = {
        **ANY,
        **dict.fromkeys(("image/jpeg", "image/png", "video/mp4"), 10 * MEGABYTE),
        "audio/amr": 2 * MEGABYTE,
    }

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.corp, self.secret, self.token = str(told["corp"]), str(told["secret"]), str(told["token"])
        self.base = str(told.get("base", API))
        self.envelope = Envelope(str(told["aes_key"]), self.corp)

    def identity(self, address: str) -> Identity | None:
        return Identity("wecom", address.partition(":")[2], True)

    def send(self, out: Outgoing) -> str:
        def say(text: str, place: int) -> str:
            return self._send(out, "text", {"content": text}, place)

        def show(file: NewFile, place: int) -> str:
            sort = _SORTS.get(media_type(file.content), "file")
            kept = self._call(lambda token: upload(self._address("/cgi-bin/media/upload", token, type=sort), file))
            return self._send(out, sort, {"media_id": _sound(kept).get("media_id", "")}, place)

        return send_parts(out, say=say, show=show)

    def _send(self, out: Outgoing, kind: str, content: dict[str, Any], place: int) -> str:
        desk, _colon, user = out.address.partition(":")
        # The number is ours: told twice it is one message.
        number = f"chat-{out.message}-{place}" if place else f"chat-{out.message}"
        whole = {"touser": user, "open_kfid": desk, "msgid": number, "msgtype": kind, kind: content}
        return str(_sound(self._post("/cgi-bin/kf/send_msg", whole)).get("msgid", number))

    def media(self, media: str) -> bytes:
        """A file the customer sent. Raises NotSent when it is not to be had."""
        return fetch("GET", self._address("/cgi-bin/media/get", self._token(), media_id=media))

    def hear(self, query: Mapping[str, str], body: bytes) -> dict[str, str]:
        """The fields of a callback. Raises Forged."""
        sealed = fields(body).get("Encrypt", "")
        check(query.get("msg_signature", ""), self.token, query.get("timestamp", ""), query.get("nonce", ""), sealed)
        return fields(self.envelope.open(sealed))

    def news(self, told: Mapping[str, str], cursor: str) -> tuple[list[dict[str, Any]], str, bool]:
        """What customers wrote since the cursor, the next cursor, and whether there is more."""
        content = {
            "cursor": cursor,
            "token": told.get("Token", ""),
            "open_kfid": told.get("OpenKfId", ""),
            "limit": 1000,
        }
        answer = self._post("/cgi-bin/kf/sync_msg", content)
        if code := int(answer.get("errcode", 0)):
            raise NotSent(f"WeCom {code}")
        return list(answer.get("msg_list", [])), str(answer.get("next_cursor", cursor)), bool(answer.get("has_more"))

    def _post(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        return self._call(lambda token: ask("POST", self._address(path, token), content=content))

    def _call(self, with_token: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """What a call answers; with a token that is good no more once again with a new one."""
        told = with_token(self._token())
        if int(told.get("errcode", 0)) in _STALE:
            tokens.forget(self._named)
            told = with_token(self._token())
        return told

    def _token(self) -> str:
        query = urlencode({"corpid": self.corp, "corpsecret": self.secret})
        return tokens.token(self._named, lambda: ask("GET", f"{self.base}/cgi-bin/gettoken?{query}"))

    def _address(self, path: str, token: str, **more: str) -> str:
        return f"{self.base}{path}?{urlencode({'access_token': token, **more})}"

    @property
    def _named(self) -> str:
        return f"wecom:{self.corp}"


def _sound(told: dict[str, Any]) -> dict[str, Any]:
    """An answer without a fault. Raises NotSent."""
    if code := int(told.get("errcode", 0)):
        raise NotSent(f"WeCom {code}", final=code in _NEVER)
    return told
