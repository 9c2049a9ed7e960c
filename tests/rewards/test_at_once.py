"""Two at once, on a database that lets them: the last of anything goes once."""

from datetime import timedelta

import pytest
from django.db import connection

from clothier.customers.services import register
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import grant
from clothier.rewards import services
from clothier.rewards.contracts import CouponKind
from clothier.rewards.models import Coupon, Draw, Item, Template
from clothier.rewards.selectors import coupon_differences
from clothier.rewards.services import ItemFacts, PrizeFacts, TemplateFacts
from tests.cast import assemble
from tests.visits.test_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_writers():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")


def kind(**facts) -> Template:
    told = {"code": "c", "name": "券", "kind": CouponKind.AMOUNT, "value": 50_00, "valid_days": 30, **facts}
    made = services.draft_template(facts=TemplateFacts(**told))
    services.open_template(template=made.pk)
    return made


def outcomes(given) -> list[str]:
    return sorted("no" if isinstance(one, Refused) else "yes" for one in given)


def test_the_last_coupon_goes_once():
    template = kind(limit_total=1)
    given = together(
        *(lambda: services.issue(template=template.pk, customer=None, reason="goodwill") for _ in range(4))
    )
    assert outcomes(given) == ["no", "no", "no", "yes"]
    assert list(coupon_differences()) == []


def test_a_member_gets_no_more_than_the_limit():
    template, lin = kind(limit_customer=1), register(name="林悦", source="store")
    given = together(*(lambda: services.issue(template=template.pk, customer=lin, reason="goodwill") for _ in range(4)))
    assert outcomes(given) == ["no", "no", "no", "yes"]


def test_two_tills_use_a_coupon_once_and_the_last_fen_goes_once():
    template = kind(budget_fen=50_00)
    one, two = (services.issue(template=template.pk, customer=None, reason="goodwill") for _ in range(2))
    carts = [(one, "cart:1"), (one, "cart:2"), (two, "cart:3")]
    given = together(*(lambda c=c, d=d: services.reserve(coupon=c.pk, document=d, off_fen=50_00) for c, d in carts))
    assert outcomes(given) == ["no", "no", "yes"]
    assert (Template.objects.get().off_fen, Coupon.objects.filter(state="reserved").count()) == (50_00, 1)
    assert list(coupon_differences()) == []


def test_redeemed_and_released_at_once_it_is_one_of_both():
    template = kind()
    for turn in range(5):
        coupon = services.issue(template=template.pk, customer=None, reason="goodwill")
        services.reserve(coupon=coupon.pk, document=f"cart:{turn}", off_fen=1)
        together(
            lambda turn=turn: services.redeem(document=f"cart:{turn}"),
            lambda turn=turn: services.release(document=f"cart:{turn}"),
        )
        coupon.refresh_from_db()
        assert (coupon.state, coupon.off_fen) in {("redeemed", 1), ("open", 0)}
    assert list(coupon_differences()) == []


def test_the_last_umbrella_and_the_last_points_go_once():
    lin, other = (register(name=name, source="store") for name in ("林悦", "周明"))
    for who in (lin, other):
        grant(customer=who, points=800, reason="goodwill", key=f"k{who}")
    item = services.offer_item(facts=ItemFacts("goods", "伞", points=800, stock=1))
    given = together(*(lambda who=who: services.exchange(item=item.pk, customer=who) for who in (lin, other)))
    assert outcomes(given) == ["no", "yes"]
    assert balance(lin).available + balance(other).available == 800
    Item.objects.update(stock=9)
    services.offer_item(facts=ItemFacts("goods", "巾", points=800))
    rest = lin if balance(lin).available else other
    again = together(
        *(lambda pk=pk: services.exchange(item=pk, customer=rest) for pk in Item.objects.values_list("pk", flat=True))
    )
    assert outcomes(again) == ["no", "yes"]


def test_the_day_s_last_coupon_and_exchange_of_one_person_go_once():
    lin = register(name="林悦", source="store")
    grant(customer=lin, points=900, reason="goodwill", key="k")
    kinds = [kind(code=f"c{n}") for n in range(4)]
    given = together(*(lambda k=k: services.issue(template=k.pk, customer=lin, reason="api") for k in kinds))
    assert outcomes(given) == ["no", "yes", "yes", "yes"]
    items = [services.offer_item(facts=ItemFacts("goods", f"巾{n}", points=10)) for n in range(7)]
    again = together(*(lambda i=i: services.exchange(item=i.pk, customer=lin) for i in items))
    assert outcomes(again) == ["no", "no", *["yes"] * 5]
    assert balance(lin).available == 850


def test_a_visit_draws_once_and_numbers_have_no_gaps():
    cast, now = assemble(), clock.now()
    prizes = [PrizeFacts("goods", "方巾", 10_000, cost_fen=1, stock=2)]
    box = services.draft_box(
        code="b", name="盲盒", budget_fen=9, prizes=prizes, opens_at=now, closes_at=now + timedelta(days=1)
    )
    services.open_box(box=box.pk)
    picks = [(1, 1), (1, 2), (2, 3), (3, 4)]
    together(*(lambda v=v, c=c: services.draw(box=box.pk, visit=v, choice=c, store=cast.store.pk) for v, c in picks))
    assert sorted(Draw.objects.values_list("nth", flat=True)) == [1, 2, 3]
    assert Draw.objects.filter(fallback=True).count() == 1
