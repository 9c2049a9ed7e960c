import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from clothier.api import limits
from clothier.api.contracts import Scope
from clothier.api.keys import create_key


@dataclass
class Machine:
    """A till or a sensor with a key."""

    client: Client
    key: str

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", query, headers=self._headers())

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(
            f"/api/v1/{path}", text, content_type="application/json", headers={**self._headers(), **headers}
        )

    def put(self, path: str, body: Any) -> HttpResponse:
        return self.client.put(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=self._headers()
        )

    def stream(self, lines: list[Any]) -> Any:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        return self.client.post(
            "/api/v1/events", text, content_type="application/x-ndjson", headers=self._headers()
        ).json()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "requests", limits.Limit(3000))
    monkeypatch.setattr(limits, "guesses", limits.Limit(30))


@pytest.fixture
def machine(cast: Any) -> Machine:
    """A machine of the first store that may do everything there."""
    return Machine(Client(), create_key(name="till", scopes=list(Scope), stores=[cast.store.pk]))


@pytest.fixture
def machine_with() -> Callable[..., Machine]:
    def make(**facts: Any) -> Machine:
        return Machine(Client(), create_key(**{"name": "till", "scopes": list(Scope), **facts}))

    return make
