"""People at their phones: signed in through the form, asking over HTTP on connections that stay open."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Protocol
from urllib.parse import urlencode

CLIENTS = 8
SECONDS = 5.0
IDLE = 5.0  # seconds after which a connection is opened anew, for the shop may be closing it
_COOKIE = re.compile(r"^([^=]+)=([^;]*)")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Person(Protocol):
    """Whoever can ask for a page and send a form."""

    def get(self, path: str) -> bytes: ...

    def post(self, path: str, **fields: str) -> int: ...


class Browser:
    """One person's browser, at an address of this machine. What is said in toasts is taken as read, as a page that
    shows them would.
    """

    def __init__(self, port: int, *, at: str = "127.0.0.1") -> None:
        self._open = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(at, 0))
        self._cookies: dict[str, str] = {}
        self._asked = 0.0

    @property
    def cookie(self) -> str:
        """As the header says it."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items() if name != "messages")

    def sign_in(self, username: str, password: str) -> None:
        self.get("/accounts/login/")
        status = self.post("/accounts/login/", login=username, password=password)
        if status != 302:
            raise RuntimeError(f"{username} could not sign in: {status}")

    def get(self, path: str, *, asker: str = "") -> bytes:
        """A page, or the part of it that `asker` stands for."""
        status, body = self._ask("GET", path, None, {"HX-Request": "true", "HX-Trigger": asker} if asker else {})
        if status != 200:
            raise RuntimeError(f"{path} answers {status}")
        return body

    def beside(self) -> "Browser":
        """Another connection of the same browser."""
        other = Browser(self._open.port)
        other._cookies = self._cookies
        return other

    def close(self) -> None:
        self._open.close()

    def post(self, path: str, **fields: str) -> int:
        """The status of the answer."""
        told = urlencode({"csrfmiddlewaretoken": self._cookies.get("csrftoken", ""), **fields})
        return self._ask("POST", path, told, _FORM)[0]

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        if time.monotonic() - self._asked > IDLE:
            self._open.close()
        self._open.request(method, path, body, {**headers, "Cookie": self.cookie, "Accept-Language": "zh-CN"})
        answer = self._open.getresponse()
        self._asked = time.monotonic()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            if match := _COOKIE.match(cookie):
                self._cookies[match[1]] = match[2]
        return answer.status, answer.read()


def browsers(port: int, accounts: list[tuple[str, str]]) -> list[Browser]:
    """As many as CLIENTS, signed in one after another; accounts are used again when there are fewer."""
    found = []
    for (username, password), _ in zip(cycle(accounts), range(CLIENTS), strict=False):
        browser = Browser(port)
        browser.sign_in(username, password)
        found.append(browser)
    return found


def per_second(people: list[Browser], tasks: Iterator[Callable[[Browser], object]]) -> tuple[float, list[float]]:
    """Tasks done in a second by all people at once for SECONDS, or until there are none; seconds each took."""
    took: list[float] = []
    turn = threading.Lock()
    began = time.perf_counter()

    def work(browser: Browser) -> None:
        while time.perf_counter() - began < SECONDS:
            with turn:
                task = next(tasks, None)
            if task is None:
                return
            asked = time.perf_counter()
            task(browser)
            took.append(time.perf_counter() - asked)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(work, people))
    return len(took) / (time.perf_counter() - began), took
