"""WeCom customer service (微信客服): a callback says that there is news, which is then fetched; replies are pushed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from clothier.conversations.channels.http import ask
from clothier.conversations.channels.wechat import tokens
from clothier.conversations.channels.wechat.channel import fields
from clothier.conversations.channels.wechat.crypto import Envelope, check
from clothier.conversations.contracts import Identity, NotSent, Outgoing

API = "https://qyapi.weixin.qq.com"
_STALE = frozenset({40014, 42001})
# No such customer, the session is over, too many: never. https://developer.work.weixin.qq.com/document/path/94677
_NEVER = frozenset({95000, 95001, 95002, 95013, 95018})


class WeCom:
    """Messages are addressed `<open_kfid>:<external_userid>`: the same person may write to two of our desks."""

    key = "wecom"
    pushes = True

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.corp, self.secret, self.token = str(told["corp"]), str(told["secret"]), str(told["token"])
        self.base = str(told.get("base", API))
        self.envelope = Envelope(str(told["aes_key"]), self.corp)

    def identity(self, address: str) -> Identity | None:
        return Identity("wecom", address.partition(":")[2], True)

    def send(self, out: Outgoing) -> str:
        desk, _colon, user = out.address.partition(":")
        # The number is ours: told twice it is one message.
        content = {
            "touser": user,
            "open_kfid": desk,
            "msgid": f"chat-{out.message}",
            "msgtype": "text",
            "text": {"content": out.text},
        }
        told = self._post("/cgi-bin/kf/send_msg", content)
        if code := int(told.get("errcode", 0)):
            raise NotSent(f"WeCom {code}", final=code in _NEVER)
        return str(told.get("msgid", f"chat-{out.message}"))

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
        told = self._ask(path, content)
        if int(told.get("errcode", 0)) in _STALE:
            tokens.forget(self._named)
            told = self._ask(path, content)
        return told

    def _ask(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        query = urlencode({"corpid": self.corp, "corpsecret": self.secret})
        token = tokens.token(self._named, lambda: ask("GET", f"{self.base}/cgi-bin/gettoken?{query}"))
        return ask("POST", f"{self.base}{path}?{urlencode({'access_token': token})}", content=content)

    @property
    def _named(self) -> str:
        return f"wecom:{self.corp}"
