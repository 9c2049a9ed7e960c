"""Kept persons and profiles against their sources, as the doctor looks at them."""

import pytest

from clothier.customers.contracts import Deed
from clothier.customers.models import Customer, Profile
from clothier.customers.selectors import proof
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


def test_in_a_large_chain_stretches_are_looked_at_and_the_shift_moves_them(monkeypatch):
    people = [somebody(f"客{n}") for n in range(20)]
    monkeypatch.setattr(proof, "STRETCH", 1)
    monkeypatch.setattr(proof, "STRETCHES", 2)
    top = people[-1]
    assert list(proof._stretches(0.0)) == [(n, n + 1) for n in range(1, top + 1, top // 2)]
    assert next(iter(proof._stretches(0.5))) == (1 + int(0.5 * (top // 2 - 1)), 2 + int(0.5 * (top // 2 - 1)))
