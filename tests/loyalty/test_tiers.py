"""Tiers rise with a purchase, fall a month after the window has rolled on, and follow people who join or part."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothier.checkout.services import record_return, record_sale
from clothier.customers.services import merge, unmerge
from clothier.eventlog.deliveries import run_due
from clothier.eventlog.models import Entry as Told
from clothier.loyalty.models import Membership, TierChange
from clothier.loyalty.rules.tiers import Spend, months_after, place
from clothier.loyalty.selectors import forecast, tier_of, tiers_of
from clothier.loyalty.services import review, review_due, review_everybody
from clothier.standards.contracts import Loyalty, customer_tiers
from clothier.standards.selectors import document
from tests.checkout.facts import line

DAY = 86_400


def sell(customer: int, number: str, yuan: int) -> None:
    record_sale(source="pos", number=number, lines=[line(price=yuan * 100)], store=None, customer=customer)
    run_due()


def test_a_purchase_that_reaches_a_tier_raises_at_once_and_says_so(lin, saturday):
    sell(lin, "A1", 8_000)

    assert tier_of(lin).tier == "gold"
    assert tier_of(lin).since == saturday.now()
    told = Told.objects.get(type="customer.tier_changed")
    assert told.payload == {"customer_id": lin, "was": "", "tier": "gold"}
    assert customer_tiers.ask([lin]) == {lin: "gold"}


def test_the_forecast_says_how_much_is_missing(lin):
    sell(lin, "A1", 7_680)

    found = forecast(lin)

    assert (found.tier, found.missing_fen, found.share) == ("gold", 32_000, 96)


def test_nobody_is_told_a_forecast_above_the_highest_tier(lin):
    sell(lin, "A1", 20_000)
    assert forecast(lin) is None


def test_a_tier_is_kept_for_a_month_after_the_window_has_rolled_on(lin, saturday):
    sell(lin, "A1", 2_000)
    saturday.move_to(datetime(2027, 11, 14, 2, 0, tzinfo=UTC))

    assert review_due() == 1
    assert (tier_of(lin).tier, tier_of(lin).grace_until) == ("silver", datetime(2027, 12, 14, 2, 0, tzinfo=UTC))
    assert review_due() == 0
    saturday.move_to(datetime(2027, 12, 14, 2, 0, tzinfo=UTC))

    assert review_due() == 1
    assert tier_of(lin).tier == ""
    assert list(TierChange.objects.order_by("pk").values_list("was", "tier")) == [("", "silver"), ("silver", "")]


def test_a_purchase_in_grace_keeps_the_tier(lin, saturday):
    sell(lin, "A1", 2_000)
    saturday.move_to(datetime(2027, 11, 20, tzinfo=UTC))
    review_due()
    sell(lin, "A2", 2_500)

    assert (tier_of(lin).tier, tier_of(lin).grace_until) == ("silver", None)
    assert TierChange.objects.count() == 1


def test_goods_that_come_back_count_against_the_tier_with_the_same_grace(lin, saturday):
    sell(lin, "A1", 2_000)
    record_return(source="pos", number="R1", lines=[line(quantity=-1, price=200_000)], store=None, customer=lin)
    run_due()

    assert tier_of(lin).tier == "silver"
    assert tier_of(lin).grace_until == months_after(saturday.now(), 1)


def test_two_records_of_one_person_reach_a_tier_together_and_part_without_loss(lin, sun):
    sell(lin, "A1", 1_200)
    sell(sun, "A2", 1_000)
    assert tiers_of([lin, sun]) == {}

    link = merge(a=lin, b=sun)
    run_due()
    assert tiers_of([lin, sun]) == {lin: "silver", sun: "silver"}
    assert Membership.objects.filter(live=True).count() == 1

    unmerge(link_id=link)
    run_due()
    assert (tier_of(sun).tier, tier_of(sun).qualifying_fen) == ("", 100_000)
    assert tier_of(lin).tier == "silver"
    assert tier_of(lin).grace_until is not None


def test_new_rules_look_at_everybody_again(lin, sun, saturday):
    sell(lin, "A1", 2_000)
    sell(sun, "A2", 500)
    review_everybody(at=saturday.now())

    assert [review_due(), review_due()] == [2, 0]


def test_a_tier_the_rules_no_longer_know_is_no_tier(lin):
    Membership.objects.create(customer_id=lin, tier="platinum")

    assert review([lin]) == 1
    assert tier_of(lin).tier == ""


@pytest.mark.parametrize(("days", "tier"), [(0, "silver"), (364, "silver"), (365, "")])
@pytest.mark.django_db
def test_only_the_last_twelve_months_count(days, tier):
    now = datetime(2027, 6, 1, tzinfo=UTC)
    spends = [Spend(now - timedelta(days=days), 200_000)]

    assert place(document("loyalty"), spends, tier="", grace_until=None, now=now).tier == tier


@pytest.mark.django_db
def test_the_moment_to_look_again_is_when_the_spend_falls_below_the_tier():
    now = datetime(2027, 6, 1, tzinfo=UTC)
    spends = [Spend(datetime(2026, month, 10, tzinfo=UTC), 100_000) for month in (7, 9, 11)]

    found = place(document("loyalty"), spends, tier="", grace_until=None, now=now)

    assert (found.tier, found.fen, found.next_look_at) == ("silver", 300_000, datetime(2027, 9, 10, tzinfo=UTC))


@given(
    now=st.integers(1_770_000_000, 1_870_000_000),
    months=st.integers(1, 24),
    ages=st.lists(st.timedeltas(timedelta(days=-1), timedelta(days=740)), max_size=6),
)
def test_the_window_is_what_the_calendar_says_for_every_day_and_length_of_month(now, months, ages):
    now = datetime.fromtimestamp(now, UTC)
    rules = Loyalty.model_construct(qualifying_months=months, tiers=())
    spends = [Spend(now - age, 1 << place) for place, age in enumerate(ages)]

    inside = sum(each.fen for each in spends if months_after(each.at, months) > now >= each.at)

    assert place(rules, spends, tier="", grace_until=None, now=now).fen == inside
