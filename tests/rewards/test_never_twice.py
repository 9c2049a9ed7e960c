"""Coupons live whatever life: issued, held, used, used offline and told late, given back, withdrawn, over.

Everything is told twice, and what tills took offline comes in any order. Whatever came before, no coupon is used by two
sales that could have been asked, the budget bears what was booked, and every coupon issued is accounted for.
"""

from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from clothier.kernel import clock
from clothier.kernel.columns import read
from clothier.kernel.errors import Refused
from clothier.rewards import services
from clothier.rewards.contracts import CouponKind
from clothier.rewards.models import Coupon
from clothier.rewards.selectors import coupon_differences, offline_token
from clothier.rewards.services import TemplateFacts
from tests.conftest import SATURDAY

DAY, FEN, BUDGET, MOST = 86_400, 50_00, 120_00, 6
CART, PLACE = st.integers(1, 4), st.integers(0, MOST - 1)


class Coupons(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.time = clock.simulated(SATURDAY)
        self.now = self.time.__enter__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        facts = TemplateFacts(
            "c", "券", CouponKind.AMOUNT, FEN, limit_total=MOST, budget_fen=BUDGET, valid_days=5, offline=True
        )
        self.kind = services.draft_template(facts=facts).pk
        services.open_template(template=self.kind)
        self.issued: list[int] = []
        self.untold: list[dict[str, Any]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.time.__exit__(None, None, None)

    def twice(self, verb: Any, **told: Any) -> None:
        """The second telling changes nothing, whatever the first one did."""
        with suppress(Refused):
            verb(**told)
        before = books()
        with suppress(Refused):
            verb(**told)
        assert books() == before

    @rule(n=PLACE)
    def issue(self, n: int) -> None:
        self.twice(services.issue, template=self.kind, customer=None, reason="goodwill", key=f"k{n}")
        self.issued = list(Coupon.objects.order_by("pk").values_list("pk", flat=True))

    @precondition(lambda self: self.issued)
    @rule(place=PLACE, cart=CART, fen=st.integers(0, FEN))
    def reserve(self, place: int, cart: int, fen: int) -> None:
        self.twice(services.reserve, coupon=self.coupon(place), document=f"cart:{cart}", off_fen=fen)

    @rule(cart=CART)
    def redeem(self, cart: int) -> None:
        self.twice(services.redeem, document=f"cart:{cart}", sold_as=f"order:{cart}")

    @rule(cart=CART)
    def release(self, cart: int) -> None:
        self.twice(services.release, document=f"cart:{cart}")

    @rule(cart=CART)
    def give_back(self, cart: int) -> None:
        self.twice(services.give_back, document=f"order:{cart}")

    @precondition(lambda self: self.issued)
    @rule(place=PLACE)
    def withdraw(self, place: int) -> None:
        self.twice(services.withdraw, coupon=self.coupon(place), reason="错发")

    @precondition(lambda self: self.issued)
    @rule(place=PLACE, till=st.sampled_from(["T1", "T2"]))
    def take_offline(self, place: int, till: str) -> None:
        """A till that cannot ask takes it, and will say so later."""
        if token := offline_token(self.coupon(place)):
            document = f"pos:{len(self.untold)}-{till}-{self.now.now().timestamp():.0f}"
            self.untold.append(
                {"token": token, "document": document, "off_fen": FEN, "till": till, "occurred_at": self.now.now()}
            )

    @precondition(lambda self: self.untold)
    @rule(which=st.integers(0, 99))
    def tell(self, which: int) -> None:
        self.twice(services.redeem_offline, **self.untold[which % len(self.untold)])

    @rule(days=st.sampled_from([1, 6]))
    def wait(self, days: int) -> None:
        self.now.advance(days * DAY)
        self.twice(services.expire_due)

    def coupon(self, place: int) -> int:
        return self.issued[place % len(self.issued)]

    @invariant()
    def every_coupon_issued_is_accounted_for(self) -> None:
        assert list(coupon_differences()) == []
        assert read("SELECT issued FROM rewards_template") == [(len(self.issued),)]
        assert len(self.issued) <= MOST

    @invariant()
    def none_is_used_twice_by_tills_that_could_ask(self) -> None:
        steps = Counter(read("SELECT coupon_id, kind FROM rewards_couponstep"))
        for pk, state in read("SELECT id, state FROM rewards_coupon"):
            used = steps[pk, "redeemed"] - steps[pk, "given_back"]
            assert used == (state == "redeemed")

    @invariant()
    def the_budget_bears_what_was_booked(self) -> None:
        ((offline,),) = read("SELECT COALESCE(SUM(off_fen), 0) FROM rewards_couponstep WHERE offline")
        ((off_fen,),) = read("SELECT off_fen FROM rewards_template")
        assert 0 <= off_fen <= BUDGET + offline


def books() -> list[tuple[Any, ...]]:
    return [
        *read("SELECT id, state, document, off_fen, valid_until FROM rewards_coupon ORDER BY id"),
        *read("SELECT issued, off_fen, (SELECT COUNT(*) FROM rewards_couponstep) FROM rewards_template"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lives", "steps"), [(3, 12), pytest.param(300, 50, marks=pytest.mark.slow, id="three hundred long lives")]
)
def test_whatever_happens_to_coupons_they_are_used_once_and_accounted_for(lives, steps):
    assert (
        run_state_machine_as_test(
            Coupons, settings=settings(max_examples=lives, stateful_step_count=steps, deadline=None)
        )
        is None
    )
