"""A shop connected to the stand-ins of all providers, over HTTP and with real signatures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.payments import services
from clothier.payments.contracts import Method, PaymentView, Reply
from clothier.payments.models import Attempt, Payment
from clothier.payments.providers.alipay.standin import AlipayStandIn
from clothier.payments.providers.card.standin import CardStandIn
from clothier.payments.providers.standin import Act, Book, StandIn
from clothier.payments.providers.wechat.standin import WeChatStandIn
from clothier.payments.selectors import earliest_question, view
from tests.conftest import SATURDAY

CODES = {Method.WECHAT: "134567890123456789", Method.ALIPAY: "281234567890123456", Method.CARD: ""}
NAMES = {Method.WECHAT: "wechat", Method.ALIPAY: "alipay", Method.CARD: "card", Method.INSTALMENTS: "alipay"}


class Time:
    """The stand-ins' clock is the test's, whose own the threads of a server cannot see."""

    at: clock.SimulatedClock | None = None

    def __call__(self) -> datetime:
        return self.at.now() if self.at else SATURDAY


@pytest.fixture(scope="session")
def made() -> Iterator[tuple[Time, dict[str, StandIn]]]:
    """Keys take a while to make: one set of stand-ins for a run."""
    time = Time()
    found = {kind.name: kind(now=time) for kind in (WeChatStandIn, AlipayStandIn, CardStandIn)}
    for each in found.values():
        each.start()
    yield time, found
    for each in found.values():
        each.stop()


@dataclass
class Shop:
    standins: dict[str, StandIn]
    clock: clock.SimulatedClock
    store: int

    def standin(self, method: Method) -> StandIn:
        return self.standins[NAMES[method]]

    def book(self, method: Method) -> Book:
        return self.standin(method).book

    def script(self, method: Method, *acts: Act) -> None:
        self.book(method).script.extend(acts)

    def bill(self, fen: int = 29_900, key: str = "cart:7") -> Payment:
        return services.open_payment(subject=Ref("cart", 7), amount_fen=fen, store=self.store, key=key)

    def pay(self, payment: Payment, method: Method, key: str = "a", **more: object) -> Attempt:
        code = more.pop("code", CODES.get(method, ""))
        return services.attempt(payment=payment.pk, method=method, key=key, code=code, **more)

    def see(self, payment: Payment) -> PaymentView:
        return view(payment.pk)

    def wait(self, seconds: float = 60.0) -> None:
        """Time passes, and whenever something is due the worker asks."""
        until = self.clock.now() + timedelta(seconds=seconds)
        while (due := earliest_question()) and due <= until:
            self.clock.move_to(max(due, self.clock.now()))
            services.work_due()
        self.clock.move_to(until)

    def hear(self, method: Method) -> list[Reply]:
        """Everything the provider has notified arrives."""
        box = self.standin(method).outbox
        told, box[:] = list(box), []
        return [services.hear(provider=NAMES[method], headers=headers, body=body) for headers, body in told]

    @property
    def held_fen(self) -> int:
        """What all providers hold of the customers' money."""
        return sum(each.book.kept_fen for each in self.standins.values())


@pytest.fixture
def shop(made, cast, settings, saturday) -> Iterator[Shop]:
    time, standins = made
    time.at = saturday
    for each in standins.values():
        each.book.trades.clear()
        each.book.script.clear()
        each.outbox.clear()
    settings.PAYMENTS = {name: each.settings() for name, each in standins.items()}
    yield Shop(standins, saturday, cast.store.pk)
    time.at = None
