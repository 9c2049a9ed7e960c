"""A WeChat official account: customers' messages by callback, replies by the customer-service interface."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from clothier.conversations.channels.http import ask, fetch, upload
from clothier.conversations.channels.wechat import tokens
from clothier.conversations.channels.wechat.crypto import Envelope, Forged, check
from clothier.conversations.channels.wechat.parts import send_parts
from clothier.conversations.contracts import Identity, NewFile, NotSent, Outgoing
from clothier.conversations.rules.files import IMAGES, MEGABYTE, media_type

API = "https://api.weixin.qq.com"
# The token is not valid any more: https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code
_STALE = frozenset({40001, 40014, 42001})
# Nobody to send to, too late, too many, too long: never, however often we ask.
_NEVER = frozenset({40003, 43004, 45002, 45015, 45047, 48001})


class WeChat:
    key = "wechat"
    pushes = True
    # A video would need a picture to stand for it, which nobody has; other files it has no way for.
    carries: Mapping[str, int] = {
        **dict.fromkeys(("image/jpeg", "image/png", "image/gif"), 10 * MEGABYTE),
        **dict.fromkeys(("audio/amr", "audio/mpeg"), 2 * MEGABYTE),
    }

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.app, self.secret, self.token = str(told["app"]), str(told["secret"]), str(told["token"])
        self.base = str(told.get("base", API))
        aes = str(told.get("aes_key", ""))
        self.envelope = Envelope(aes, self.app) if aes else None

    def identity(self, address: str) -> Identity | None:
        """WeChat signs who writes."""
        return Identity("openid", address, True)

    def send(self, out: Outgoing) -> str:
        def say(text: str, _place: int) -> str:
            return self._send(out, "text", {"content": text})

        def show(file: NewFile, _place: int) -> str:
            sort = "image" if media_type(file.content) in IMAGES else "voice"
            kept = self._call(lambda token: upload(self._address("/cgi-bin/media/upload", token, type=sort), file))
            return self._send(out, sort, {"media_id": kept.get("media_id", "")})

        return send_parts(out, say=say, show=show)

    def _send(self, out: Outgoing, kind: str, content: dict[str, Any]) -> str:
        whole = {"touser": out.address, "msgtype": kind, kind: content}
        address = "/cgi-bin/message/custom/send"
        told = self._call(lambda token: ask("POST", self._address(address, token), content=whole))
        return str(told.get("msgid", out.message))

    def hear(self, query: Mapping[str, str], body: bytes) -> dict[str, str]:
        """The fields of a callback. Raises Forged for what WeChat has not signed, or has signed for somebody else."""
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        if self.envelope is None:
            check(query.get("signature", ""), self.token, stamp, nonce)
            return fields(body)
        sealed = fields(body).get("Encrypt", "")
        check(query.get("msg_signature", ""), self.token, stamp, nonce, sealed)
        return fields(self.envelope.open(sealed))

    def media(self, media: str) -> bytes:
        """A file the customer sent. Raises NotSent when it is not to be had."""
        return fetch("GET", self._address("/cgi-bin/media/get", self._token(), media_id=media))

    @property
    def _named(self) -> str:
        return f"wechat:{self.app}"

    def _call(self, with_token: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """What a call answers; with a token that is good no more once again with a new one."""
        told = with_token(self._token())
        if int(told.get("errcode", 0)) in _STALE:
            tokens.forget(self._named)
            told = with_token(self._token())
        if code := int(told.get("errcode", 0)):
            raise NotSent(f"WeChat {code}", final=code in _NEVER)
        return told

    def _address(self, path: str, token: str, **more: str) -> str:
        return f"{self.base}{path}?{urlencode({'access_token': token, **more})}"

    def _token(self) -> str:
        wanted = {"grant_type": "client_credential", "appid": self.app, "secret": self.secret}
        return tokens.token(self._named, lambda: ask("POST", f"{self.base}/cgi-bin/stable_token", content=wanted))


def fields(body: bytes) -> dict[str, str]:
    """The flat fields of a callback's XML. Raises Forged for anything else, entities among it."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Forged("entities")
    try:
        root = ET.fromstring(body)  # noqa: S314 - without a document type there is nothing to expand
    except ET.ParseError:
        raise Forged("xml") from None
    return {child.tag: child.text or "" for child in root}
