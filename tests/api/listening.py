"""A listener of the live feed, spoken to over ASGI."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from clothier.api.live.app import Live
from clothier.staff.models import Employee


def cookie_of(employee: Employee) -> str:
    session = SessionStore()
    assert employee.user is not None
    session[SESSION_KEY] = str(employee.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = employee.user.get_session_auth_hash()
    session.create()
    return f"clothier_session={session.session_key}"


@dataclass
class Ear:
    live: Live
    cookie: str = ""
    path: str = "/live/"
    query: str = ""
    last_event_id: str = ""
    status: int = 0
    text: bytes = b""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    async def open(self) -> "Ear":
        headers = [(b"cookie", self.cookie.encode()), (b"last-event-id", self.last_event_id.encode())]
        scope = {"type": "http", "method": "GET", "path": self.path, "headers": headers}
        scope["query_string"] = self.query.encode()
        self.task = asyncio.create_task(self.live(scope, self._receive, self._send))
        await self.until(lambda: bool(self.status))
        return self

    async def close(self) -> None:
        self.hung_up.set()
        if self.task:
            await self.task

    async def until(self, condition: Any, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def hear(self, count: int) -> list[dict[str, Any]]:
        await self.until(lambda: len(self.messages()) >= count)
        return self.messages()

    def messages(self) -> list[dict[str, Any]]:
        heard = []
        for block in self.text.decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in fields:
                heard.append(
                    {"event": fields["event"], "cursor": int(fields.get("id", 0)), **json.loads(fields["data"])}
                )
        return heard

    async def _receive(self) -> dict[str, Any]:
        await self.hung_up.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.text += message["body"]
        self.changed.set()
