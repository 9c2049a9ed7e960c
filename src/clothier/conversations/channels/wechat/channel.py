"""A WeChat official account: customers' messages by callback, replies by the customer-service interface."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from clothier.conversations.channels.http import ask, fetch
from clothier.conversations.channels.wechat import tokens
from clothier.conversations.channels.wechat.crypto import Envelope, Forged, check
from clothier.conversations.contracts import Identity, NotSent, Outgoing

API = "https://api.weixin.qq.com"
# The token is not valid any more: https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code
_STALE = frozenset({40001, 40014, 42001})
# Nobody to send to, too late, too many, too long: never, however often we ask.
_NEVER = frozenset({40003, 43004, 45002, 45015, 45047, 48001})


class WeChat:
    key = "wechat"
    pushes = True

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.app, self.secret, self.token = str(told["app"]), str(told["secret"]), str(told["token"])
        self.base = str(told.get("base", API))
        aes = str(told.get("aes_key", ""))
        self.envelope = Envelope(aes, self.app) if aes else None

    def identity(self, address: str) -> Identity | None:
        """WeChat signs who writes."""
        return Identity("openid", address, True)

    def send(self, out: Outgoing) -> str:
        content = {"touser": out.address, "msgtype": "text", "text": {"content": out.text}}
        told = self._post("/cgi-bin/message/custom/send", content)
        code = int(told.get("errcode", 0))
        if code in _STALE:
            tokens.forget(self._named)
            told = self._post("/cgi-bin/message/custom/send", content)
            code = int(told.get("errcode", 0))
        if code:
            raise NotSent(f"WeChat {code}", final=code in _NEVER)
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

    def picture(self, media: str) -> bytes:
        """A picture the customer sent. Raises NotSent when it is not to be had."""
        query = urlencode({"access_token": self._token(), "media_id": media})
        return fetch("GET", f"{self.base}/cgi-bin/media/get?{query}")

    @property
    def _named(self) -> str:
        return f"wechat:{self.app}"

    def _post(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        return ask("POST", f"{self.base}{path}?{urlencode({'access_token': self._token()})}", content=content)

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
