from hypothesis import given
from hypothesis import strategies as st

from clothier.customers.services import register
from clothier.loyalty.models import Membership
from clothier.rewards import services
from clothier.rewards.rules.fairness import Bounds, Given, Group, findings, worst_first
from clothier.rewards.selectors import fairness_report

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


def test_the_report_counts_people_and_not_coupons(kind_of, cast):
    people = [register(name=f"顾客{n}", source="store", store=cast.store.pk) for n in range(25)]
    Membership.objects.bulk_create(Membership(customer_id=pk, tier="gold") for pk in people)
    kind = kind_of(limit_customer=None)
    for pk in [*people[:5], people[0]]:
        services.issue(template=kind.pk, customer=pk, reason="campaign")
    (one,) = fairness_report()
    assert (one.template, one.group.tier, one.alike) == (kind.pk, "gold", 25)
    assert (one.given.people, one.given.coupons, one.open_grounds) == (5, 6, ("campaign",))
