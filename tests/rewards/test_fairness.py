import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothier.customers.services import register
from clothier.kernel import clock
from clothier.loyalty.models import Membership
from clothier.rewards import services
from clothier.rewards.models import FairnessCount, FairnessFinding, Template
from clothier.rewards.rules.fairness import Bounds, Given, Group, findings, worst_first
from clothier.rewards.selectors import fairness_count, fairness_findings
from clothier.worker.chores import ROUTINES

BOUNDS = Bounds(least_people=20, low_share=5, high_share=95, grounds=frozenset({"birthday"}))
GOLD = Group("gold", "core", 1)


def found(people: int, got: int, **grounds: int):
    told = Given(people=got, coupons=got, grounds=grounds or {"segment": got})
    return list(findings({GOLD: people}, {(7, GOLD): told}, BOUNDS))


def test_some_of_the_like_got_it_and_others_did_not():
    (one,) = found(40, 10)
    assert (one.share, one.without, one.open_grounds) == (25.0, 30, ("segment",))


def test_small_groups_and_almost_equal_treatment_say_nothing():
    assert found(19, 10) == found(100, 4) == found(100, 96) == []


def test_a_birthday_explains_itself_and_goodwill_beside_it_does_not():
    assert found(40, 10, birthday=10)[0].open_grounds == ()
    assert found(40, 10, birthday=9, goodwill=1)[0].open_grounds == ("goodwill",)


def test_what_asks_for_an_explanation_comes_first():
    rows = [*found(90, 10, birthday=10), *found(30, 10), *found(60, 10)]
    assert [(one.alike, bool(one.open_grounds)) for one in worst_first(rows)] == [(60, True), (30, True), (90, False)]


@given(st.integers(0, 500), st.integers(1, 600))
def test_shares_are_shares(people, got):
    for one in found(people, got):
        assert 5 <= one.share <= 95
        assert one.without + one.given.people == one.alike


@pytest.fixture
def kind(kind_of, cast) -> Template:
    """Of 25 gold members of one store five got it, one of them twice."""
    people = [register(name=f"顾客{n}", source="store", store=cast.store.pk) for n in range(25)]
    Membership.objects.bulk_create(Membership(customer_id=pk, tier="gold") for pk in people)
    kind = kind_of(limit_customer=None)
    for pk in [*people[:5], people[0]]:
        services.issue(template=kind.pk, customer=pk, reason="campaign")
    return kind


def told():
    """The last count and what it found, as pages read it."""
    count = fairness_count()
    return count, fairness_findings(count)


def test_the_report_counts_people_and_not_coupons(kind, cast):
    services.count_fairness()
    count, (one,) = told()
    assert (count.found, count.open) == (1, 1)
    assert (one.template, one.group, one.alike) == (kind.pk, Group("gold", "regular", cast.store.pk), 25)
    assert (one.given.people, one.given.coupons, one.open_grounds) == (5, 6, ("campaign",))
    assert one.given.grounds == {"campaign": 6}


def test_what_is_read_is_what_the_routine_found_last(saturday, kind):
    (nightly,) = (routine.run for routine in ROUTINES if routine.name == "fairness")
    assert fairness_count() is None
    assert nightly() == 0
    saturday.advance(400 * 86_400)
    first, found = told()
    assert (len(found), first.counted_at < clock.now()) == (1, True)

    assert nightly() == 0

    # The coupons are older than the house rules look back; the count before is gone.
    count, found = told()
    assert (count.counted_at, count.found, found) == (clock.now(), 0, [])
    assert (FairnessCount.objects.count(), FairnessFinding.objects.count()) == (1, 0)


def test_the_worst_is_read_first_and_no_more_than_asked_for(kind, kind_of, cast):
    other = kind_of("other", limit_customer=None)
    for pk in Membership.objects.order_by("pk").values_list("pk", flat=True)[:9]:
        services.issue(template=other.pk, customer=pk, reason="campaign")
    services.count_fairness()
    count, found = told()
    assert [one.template for one in found] == [kind.pk, other.pk]
    assert fairness_findings(count, limit=1) == found[:1]
