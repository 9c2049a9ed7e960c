"""The channels this shop is connected to: those that everybody has, and those that the settings name."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings

from clothier.conversations.channels.email.channel import Email
from clothier.conversations.channels.fetched import Fetched
from clothier.conversations.channels.sms.channel import Sms
from clothier.conversations.channels.wechat.channel import WeChat
from clothier.conversations.channels.wecom.channel import WeCom
from clothier.conversations.contracts import Channel

FETCHED: dict[str, Channel] = {
    "web": Fetched("web"),
    "kiosk": Fetched("kiosk"),
    "api": Fetched("api"),
    # What was said on the phone is written down afterwards; nothing goes out.
    "phone": Fetched("phone", kind="phone"),
}
_KINDS: dict[str, Callable[[Mapping[str, Any]], Channel]] = {
    Email.key: Email,
    Sms.key: Sms,
    WeChat.key: WeChat,
    WeCom.key: WeCom,
}
CHANNELS = (*FETCHED, *_KINDS)


def connected(key: str) -> bool:
    return key in FETCHED or key in settings.CHANNELS


def channel_of(key: str) -> Channel:
    """The channel by its key, made once for its settings. Raises KeyError when it is not connected."""
    if key in FETCHED:
        return FETCHED[key]
    return _made(key, json.dumps(settings.CHANNELS[key], sort_keys=True))


@cache
def _made(key: str, told: str) -> Channel:
    return _KINDS[key](json.loads(told))
