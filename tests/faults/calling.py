"""Saying something until it is acknowledged, as a phone or a till does: again, under the same key."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from random import Random
from typing import Any

PATIENCE = 150.0
TIMEOUT = 15.0


class GaveUp(AssertionError):
    """Nobody acknowledged it in all this time, or somebody refused what was right."""


class OutOfDate(GaveUp):
    """What the page showed is not so any more: it is to be read again."""


@dataclass
class Ledger:
    """What was acknowledged: by key, the type of event it must have become; and what its effects must add up to."""

    facts: dict[str, str] = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)
    sales: dict[str, int] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, type_: str, key: str = "") -> None:
        """An event of this type is in the log, under its key where it has one."""
        with self._lock:
            self.types[type_] += 1
            if key:
                self.facts[key] = type_

    def sold(self, number: str, fen: int) -> None:
        with self._lock:
            self.sales[number] = fen

    def count(self, what: str, of: object, more: int = 1) -> None:
        with self._lock:
            self.counts.setdefault(what, Counter())[str(of)] += more

    def heard(self, answer: str) -> None:
        with self._lock:
            self.answers[answer] += 1

    @property
    def acknowledged(self) -> int:
        return sum(number for answer, number in list(self.answers.items()) if answer < "4")

    def told(self) -> dict[str, Any]:
        return {"facts": self.facts, "types": self.types, "sales": self.sales, "counts": self.counts}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Line:
    """One device's way to the shop. Whatever goes wrong on the way is tried again; a refusal is raised."""

    def __init__(self, port: int, ledger: Ledger, draw: Random) -> None:
        self.address, self.ledger, self.draw = f"http://127.0.0.1:{port}", ledger, draw
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(_NoRedirect, urllib.request.HTTPCookieProcessor(self.cookies))

    def until_acknowledged(
        self, path: str, body: bytes | None, headers: dict[str, str], *, method: str = "POST"
    ) -> tuple[int, bytes, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self.once(path, body, headers, method=method)
            if answer is not None and answer[0] < 500 and answer[0] != 429:
                if self.draw.random() < 0.1:
                    # A phone that never heard the answer says it once more.
                    self.once(path, body, headers, method=method)
                return answer
            time.sleep(self.draw.uniform(0.02, 0.3))
        raise GaveUp(f"{path}: nobody acknowledged it in {PATIENCE:.0f} s")

    def once(
        self, path: str, body: bytes | None, headers: dict[str, str], *, method: str
    ) -> tuple[int, bytes, Any] | None:
        """Status, body and headers; None when there was no answer."""
        request = urllib.request.Request(f"{self.address}{path}", body, headers, method=method)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                found = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            try:
                found = error.code, error.read(), error.headers
            except (OSError, http.client.HTTPException):
                return None
        except (OSError, http.client.HTTPException):
            self.ledger.heard("none")
            return None
        self.ledger.heard(str(found[0]))
        return found


class Machine(Line):
    """A till or a sensor, with a key of the API."""

    def __init__(self, port: int, ledger: Ledger, draw: Random, key: str) -> None:
        super().__init__(port, ledger, draw)
        self.key = key

    def tell(self, path: str, fact: Any, *, key: str = "", method: str = "POST") -> Any:
        """The answer to a fact. Raises GaveUp when it was refused."""
        body = fact if isinstance(fact, bytes) else json.dumps(fact).encode()
        kind = "application/x-ndjson" if isinstance(fact, bytes) else "application/json"
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": kind}
        if key:
            headers["Idempotency-Key"] = key
        status, answer, _headers = self.until_acknowledged(f"/api/v1/{path}", body, headers, method=method)
        if status not in {200, 201}:
            raise GaveUp(f"{path}: {status} {answer[:300]!r}")
        return json.loads(answer)


class Phone(Line):
    """An associate's phone: signed in by the form, tapping with keys, its outbox sending again."""

    def __init__(self, port: int, ledger: Ledger, draw: Random, name: str, password: str) -> None:
        super().__init__(port, ledger, draw)
        self.name, self.password = name, password

    def sign_in(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.cookies.clear()
            if self.once("/accounts/login/", None, {}, method="GET"):
                form = {"login": self.name, "password": self.password, "csrfmiddlewaretoken": self._token()}
                answer = self.once("/accounts/login/", urllib.parse.urlencode(form).encode(), {}, method="POST")
                if answer and answer[0] == 302 and any(cookie.name == "clothier_session" for cookie in self.cookies):
                    return
                if answer and answer[0] == 429:
                    # So many tries a minute from one place: who goes on trying keeps the door shut for all.
                    time.sleep(self.draw.uniform(8, 15))
            time.sleep(self.draw.uniform(0.1, 0.5))
        raise GaveUp(f"{self.name} cannot sign in")

    def tap(self, path: str, **fields: str) -> str:
        """Where the page went on. Signed out meanwhile, the phone signs in again and says it again."""
        for _attempt in range(5):
            headers = {"X-CSRFToken": self._token(), "HX-Request": "true", "X-Outbox": "1"}
            body = urllib.parse.urlencode(fields).encode()
            status, answer, told = self.until_acknowledged(path, body, headers)
            if status in {401, 403}:
                self.sign_in()
            elif status in {200, 302, 303}:
                return str(told.get("Location", ""))
            elif status == 409:
                raise OutOfDate(f"{path}: {status} {told.get('HX-Trigger', '')} {answer[:200]!r}")
            else:
                raise GaveUp(f"{path}: {status} {told.get('HX-Trigger', '')} {answer[:200]!r}")
        raise GaveUp(f"{path}: signed out again and again")

    def read(self, path: str) -> str:
        """A page as it stands. Signed out meanwhile, the phone signs in again."""
        for _attempt in range(5):
            status, answer, _told = self.until_acknowledged(path, None, {}, method="GET")
            if status == 200:
                return answer.decode()
            self.sign_in()
        raise GaveUp(f"{path}: {status}")

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")
