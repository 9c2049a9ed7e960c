import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothier.customers.models import Customer, Duplicate, Link, Profile
from clothier.customers.rules.components import LARGEST, canonical, components
from clothier.customers.selectors import by_identifier, by_identifiers, people_of, person_of, records_of
from clothier.customers.services import link_identifier, merge, unmerge
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from tests.customers.people import PHONE, lin, member, phone, somebody, unionid

pytestmark = pytest.mark.django_db


def test_a_verified_phone_joins_two_records_at_once(saturday):
    store = lin()
    online = somebody("小林", unionid("oAAAA1"), phone())
    assert (person_of(online), records_of(online)) == (store, [store, online])
    link = Link.objects.get()
    assert (link.rule, link.evidence["kind"]) == ("verified", "phone")
    assert Entry.objects.filter(type="customer.linked").count() == 1


def test_an_unverified_phone_only_asks_for_a_review(saturday):
    store = lin()
    other = somebody("小林", phone(verified=False))
    assert person_of(other) == other
    assert Duplicate.objects.get().origin == "shared"
    assert person_of(store) == store


def test_verifying_it_later_joins_them(saturday):
    store = lin()
    other = somebody("小林", phone(verified=False))
    link_identifier(customer_id=other, kind="phone", value=PHONE, verified=True)
    assert person_of(other) == store


def test_two_verified_members_who_share_a_phone_go_to_review(saturday):
    lin()
    daughter = somebody("林小", member("M20000"), phone())
    assert person_of(daughter) == daughter
    assert Duplicate.objects.get().origin == "conflict"


def test_a_shared_car_proves_nothing(saturday):
    first, second = somebody("林"), somebody("王")
    for pk in (first, second):
        link_identifier(customer_id=pk, kind="plate", value="沪A·12345", verified=True)
    assert (Link.objects.count(), Duplicate.objects.count()) == (0, 0)


def test_a_revoked_link_is_not_made_again_by_the_same_evidence(saturday):
    store = lin()
    other = somebody("小林", phone())
    unmerge(link_id=Link.objects.get().pk)
    link_identifier(customer_id=other, kind="unionid", value="oBBBB1", verified=True)
    assert (person_of(store), person_of(other)) == (store, other)


def test_a_crowd_is_not_a_person(saturday):
    first = somebody("甲")
    crowd = [somebody(f"乙{n}") for n in range(LARGEST - 1)]
    for pk in crowd:
        merge(a=first, b=pk)
    last = somebody("丙")
    with pytest.raises(Refused):
        merge(a=first, b=last)
    assert person_of(last) == last
    assert len(records_of(first)) == LARGEST
    assert Duplicate.objects.count() == 0, "a refused merge leaves nothing behind"


def test_the_person_answers_to_every_identifier_of_its_records(saturday):
    first = somebody("林晓梅", member("M1"))
    second = somebody("晓梅", unionid("oCCCC1"))
    merge(a=second, b=first)
    assert by_identifier("unionid", "oCCCC1") == first
    assert by_identifier("member", "M1") == first


def test_many_identifiers_are_looked_up_like_one(saturday, django_assert_num_queries):
    lin_id = lin()
    somebody("小林", phone(verified=False))
    other = somebody("王芳", member("M2"))
    asked = [("phone", PHONE), ("phone", "+86 138-0013-8000"), ("member", "M2"), ("unionid", "M2"), ("phone", "none")]
    with django_assert_num_queries(1):
        found = by_identifiers(asked)
    assert found == {asked[0]: lin_id, asked[1]: lin_id, asked[2]: other}
    assert {pair: by_identifier(*pair) for pair in asked if by_identifier(*pair)} == found


def test_many_records_are_asked_for_their_people_at_once(saturday, django_assert_num_queries):
    first, second = somebody("林晓梅", member("M1")), somebody("晓梅", unionid("oCCCC1"))
    merge(a=second, b=first)
    with django_assert_num_queries(1):
        assert people_of([first, second, second + 1000]) == {first: first, second: first}


def test_unmerging_twice_changes_nothing_more(saturday):
    first, second = somebody("甲"), somebody("乙")
    link = merge(a=first, b=second)
    unmerge(link_id=link)
    unmerge(link_id=link)
    assert Entry.objects.filter(type="customer.link_revoked").count() == 1
    assert [row.person_id for row in Customer.objects.order_by("pk")] == [first, second]
    assert Profile.objects.filter(live=True).count() == 2


edges = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda e: e[0] != e[1]), max_size=20)


@given(edges=edges, seed=st.randoms())
def test_the_order_of_links_makes_no_difference(edges, seed):
    shuffled = [pair if seed.random() < 0.5 else pair[::-1] for pair in seed.sample(edges, len(edges))]
    assert components(range(9), edges) == components(range(9), shuffled)


@given(edges=edges)
def test_components_divide_the_records_and_hold_every_link(edges):
    found = components(range(9), edges)
    assert sorted(node for group in found for node in group) == list(range(9))
    assert all(any({a, b} <= group for group in found) for a, b in edges)


steps = st.lists(
    st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)).filter(lambda s: s[1] != s[2]), max_size=10
)


@settings(max_examples=25, deadline=None)
@given(steps=steps)
def test_cached_people_follow_the_live_links_through_any_links_and_revocations(steps):
    pks = [somebody(f"人{n}") for n in range(5)]
    for joining, a, b in steps:
        pair = tuple(sorted((pks[a], pks[b])))
        if joining:
            merge(a=pair[0], b=pair[1])
        elif link := Link.objects.filter(a=pair[0], b=pair[1], revoked_at=None).first():
            unmerge(link_id=link.pk)
        alive = Link.objects.filter(a__in=pks, revoked_at=None).values_list("a_id", "b_id")
        wanted = {pk: canonical(group) for group in components(pks, alive) for pk in group}
        assert dict(Customer.objects.filter(pk__in=pks).values_list("pk", "person_id")) == wanted
        live = set(Profile.objects.filter(pk__in=pks, live=True).values_list("pk", flat=True))
        assert live == set(wanted.values())
