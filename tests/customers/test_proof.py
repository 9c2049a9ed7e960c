"""Kept persons and profiles against their sources, as the doctor looks at them."""

import pytest

from clothier.customers.contracts import Deed
from clothier.customers.models import Customer, Profile
from clothier.customers.selectors.proof import Difference, differences
from clothier.customers.services import merge, note_encounters, unmerge
from clothier.kernel import clock
from tests.customers.people import lin, phone, somebody

pytestmark = pytest.mark.django_db


def bought(customer, number, fen=10_000):
    return Deed("purchase", number, customer, clock.now(), items=2, spend_fen=fen, margin_fen=fen // 2)


def test_what_the_verbs_keep_is_what_the_sources_say():
    a, b, c = lin(), somebody("小林", phone("13911112222")), somebody("王芳")
    note_encounters([bought(a, 1), bought(b, 2), Deed("return", 3, b, clock.now(), spend_fen=-5_000)])
    merge(a=b, b=c)
    link = merge(a=a, b=b)
    assert list(differences()) == []
    unmerge(link_id=link)
    note_encounters([Deed("visit", 4, c, clock.now())])
    assert list(differences()) == []


def test_a_wrong_sum_is_named():
    pk = lin()
    note_encounters([bought(pk, 1)])
    Profile.objects.filter(pk=pk).update(spend_fen=9_999, last_visit_at=clock.now())
    assert list(differences()) == [Difference(pk, "spend_fen"), Difference(pk, "last_visit_at")]


def test_a_record_cut_off_from_its_person_is_named_and_so_is_one_joined_by_nothing():
    a, b, c = lin(), somebody("小林", phone("13911112222")), somebody("王芳")
    merge(a=a, b=b)
    Customer.objects.filter(pk=b).update(person=b)
    Customer.objects.filter(pk=c).update(person=a)
    assert {(each.customer_id, each.column) for each in differences()} >= {(b, "person"), (c, "person"), (c, "live")}
