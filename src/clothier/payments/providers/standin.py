"""What every stand-in shares: a book of trades, a small HTTP server on this machine, and a script of misbehaviour.

A stand-in is a provider in small: it keeps money by its own rules, and what it does to the next charge can be told
beforehand: refuse, wait, be silent before or after it took the money, lose, repeat or falsify its notifications.
"""

import secrets
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

from clothier.kernel import clock
from clothier.payments.contracts import Cause, Reply, Said
from clothier.payments.providers.wire import request

Moment = Callable[[], datetime]
# Where notifications go: headers and body. In the demo they are posted; a test takes, doubles and shuffles them.
Deliver = Callable[[Mapping[str, str], bytes], None]


@dataclass(frozen=True, slots=True)
class Act:
    """What happens to one charge. `confirms`: seconds until the customer confirms, None for never by itself.

    `silent`: no answer, before or after the money moved. `notices`: how often it is told; `lies`: what the notification
    says wrongly.
    """

    ends: Said = Said.CAPTURED
    cause: Cause = Cause.NONE
    confirms: float | None = None
    silent: Literal["", "before", "after"] = ""
    delay: float = 0.0
    notices: int = 1
    lies: Literal["", "amount", "currency"] = ""


PLAIN = Act()


@dataclass(slots=True)
class Trade:
    """One charge as the provider keeps it; `refunds` by their numbers."""

    number: str
    fen: int
    currency: str
    reference: str
    act: Act
    said: Said
    at: datetime
    confirm_at: datetime | None = None
    refunds: dict[str, int] = field(default_factory=dict)

    @property
    def kept_fen(self) -> int:
        """The customer's money that we hold of it."""
        return self.fen - sum(self.refunds.values()) if self.said is Said.CAPTURED else 0


class Refusal(Exception):
    """The stand-in's rules say no: the word is one of each protocol's errors."""


class Book:
    """A provider's memory, safe for the threads of its server."""

    def __init__(self, now: Moment) -> None:
        self.now = now
        self.lock = threading.RLock()
        self.trades: dict[str, Trade] = {}
        self.script: deque[Act] = deque()
        self.usual: Callable[[], Act] = lambda: PLAIN
        self.told: Callable[[Trade, str], None] = lambda _trade, _refund: None

    def charge(self, number: str, fen: int, currency: str, *, waits: bool = False) -> Trade:
        """Take a charge by what the script says. A number is used once: asked again it is the trade that is there."""
        with self.lock:
            if number in self.trades:
                return self.trades[number]
            act = self.script.popleft() if self.script else self.usual()
            if act.silent == "before":
                raise Refusal("silent")
            said = Said.WAITING if waits and act.ends is Said.CAPTURED else act.ends
            trade = Trade(number, fen, currency, secrets.token_hex(14), act, said, self.now())
            if act.confirms is not None:
                trade.confirm_at = self.now() + timedelta(seconds=act.confirms)
            self.trades[number] = trade
            if said is Said.CAPTURED:
                self.told(trade, "")
            if act.silent == "after":
                raise Refusal("silent")
            return trade

    def find(self, number: str) -> Trade | None:
        with self.lock:
            trade = self.trades.get(number)
            if trade and trade.said is Said.WAITING and trade.confirm_at and self.now() >= trade.confirm_at:
                self.confirm(number)
            return trade

    def look(self) -> None:
        """Customers whose time has come confirm, also when nobody asks."""
        for number in list(self.trades):
            self.find(number)

    def confirm(self, number: str) -> None:
        """The customer confirms on the phone, or scans our code."""
        with self.lock:
            trade = self.trades[number]
            if trade.said is Said.WAITING:
                trade.said, trade.at = Said.CAPTURED, self.now()
                self.told(trade, "")

    def cancel(self, number: str, *, takes_back: bool = True) -> Trade:
        """Call a charge off: one that is paid is taken back, or refused (`paid`); one nobody knows is barred."""
        with self.lock:
            trade = self.find(number)
            if trade is None:
                trade = Trade(number, 0, "CNY", "", PLAIN, Said.CANCELLED, self.now())
                self.trades[number] = trade
            elif trade.said is Said.CAPTURED and not takes_back:
                raise Refusal("paid")
            elif trade.said in (Said.CAPTURED, Said.WAITING):
                trade.said = Said.CANCELLED
            return trade

    def refund(self, number: str, refund: str, fen: int) -> Trade:
        with self.lock:
            trade = self.find(number)
            if trade is None:
                raise Refusal("absent")
            if refund not in trade.refunds:
                if trade.said is not Said.CAPTURED or fen > trade.kept_fen:
                    raise Refusal("too_much")
                trade.refunds[refund] = fen
                self.told(trade, refund)
            return trade

    def refunded(self, refund: str) -> Trade | None:
        with self.lock:
            return next((each for each in self.trades.values() if refund in each.refunds), None)

    @property
    def kept_fen(self) -> int:
        """All the customers' money we hold."""
        with self.lock:
            return sum(each.kept_fen for each in self.trades.values())


class StandIn(ABC):
    """A server on the loopback in front of a book. `answer` speaks the provider's protocol; None hangs up."""

    name = ""

    def __init__(self, *, now: Moment = clock.now, port: int = 0) -> None:
        self.book = Book(now)
        self.book.told = self.tell
        self.outbox: list[tuple[dict[str, str], bytes]] = []
        self.deliver: Deliver = lambda headers, body: self.outbox.append((dict(headers), body))
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @abstractmethod
    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        """The provider's answer to a request."""

    def headers_for(self, path: str, body: bytes) -> Mapping[str, str]:
        """What signs an answer, where headers do."""
        return {}

    @abstractmethod
    def tell(self, trade: Trade, refund: str) -> None:
        """Notify of a capture, or of a refund by its number."""

    @abstractmethod
    def settings(self, notify: str = "http://127.0.0.1/") -> dict[str, str]:
        """What the product's settings say of this provider."""


def posts_to(url: str, *, after: float = 0.3) -> Deliver:
    """Post notifications as providers do: soon, and again until they are taken."""

    def send(headers: Mapping[str, str], body: bytes) -> None:
        for pause in (after, 2.0, 10.0, 60.0):
            time.sleep(pause)
            if request("POST", url, headers=headers, body=body).status == 200:
                return

    return lambda headers, body: threading.Thread(target=send, args=(headers, body), daemon=True).start()


def _handler(standin: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                reply = standin.answer(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            except Refusal:
                reply = None
            self.close_connection = True
            if reply is None:
                return
            self.send_response(reply.status)
            for name, value in standin.headers_for(self.path, reply.body).items():
                self.send_header(name, value)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: what was said is in the book."""

    return Handler
