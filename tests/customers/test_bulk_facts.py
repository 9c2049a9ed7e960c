from datetime import timedelta

import pytest

from clothier.customers.contracts import Deed, NewConsent, NewFact, Purchase
from clothier.customers.models import Consent, ConsentState, Customer, Fact, Profile
from clothier.customers.services import (
    give_consent,
    give_consents,
    note_encounters,
    note_fact,
    note_facts,
    note_purchase,
    register,
    withdraw_consent,
)
from clothier.eventlog.models import Entry
from clothier.kernel import clock

pytestmark = pytest.mark.django_db
COLUMNS = (
    "orders", "returns", "items", "visits", "spend_fen", "margin_fen", "window_orders", "window_spend_fen", "layer",
)  # fmt: skip


@pytest.fixture
def lin(cast) -> int:
    return register(name="林", store=cast.store.pk)


def yes(customer: int, purpose: str = "marketing") -> NewConsent:
    return NewConsent(customer, purpose, "sms", "contact", "2026-01", "form:7", clock.now())


def test_facts_in_bulk_are_those_told_one_by_one(cast, lin):
    zhao = register(name="赵", store=cast.store.pk)
    told = [("size", "M", "coat"), ("colour", "驼色", ""), ("height", "168", ""), ("birthday", "1990/5/3", "")]
    for field, value, qualifier in told:
        note_fact(customer_id=zhao, field=field, value=value, qualifier=qualifier)
    assert note_facts(NewFact(lin, field, value, qualifier) for field, value, qualifier in told) == 4
    rows = Fact.objects.values_list("field", "value", "qualifier", "source", "digest", "times").order_by("id")
    assert list(rows.filter(customer=lin)) == list(rows.filter(customer=zhao))
    assert Fact.objects.get(customer=lin, field="height").sealed
    assert Customer.objects.get(pk=lin).birth_key == Customer.objects.get(pk=zhao).birth_key is not None
    assert Entry.objects.filter(type="customer.fact_recorded", customer_id=lin).count() == 4


def test_a_fact_told_again_in_bulk_is_counted(lin):
    note_fact(customer_id=lin, field="colour", value="驼色", source_ref="note:1")
    assert note_facts([NewFact(lin, "colour", "驼色", source_ref="note:2")]) == 0
    assert Fact.objects.get(customer=lin).times == 2


def test_a_yes_in_bulk_stands_as_a_single_one_does(lin):
    assert give_consents([yes(lin), yes(lin, "service")]) == 2
    assert set(ConsentState.objects.values_list("person_id", "purpose", "granted")) == {
        (lin, "marketing", True),
        (lin, "service", True),
    }
    assert Entry.objects.filter(type="consent.given", customer_id=lin).count() == 2


def test_a_yes_in_bulk_after_a_no_is_the_last_word(lin):
    give_consent(
        customer_id=lin, purpose="marketing", channel="sms", data_class="contact", notice_version="1", proof="form:1"
    )
    withdraw_consent(customer_id=lin, purpose="marketing", channel="sms", data_class="contact")
    give_consents([yes(lin)])
    assert ConsentState.objects.get().granted
    assert Consent.objects.count() == 3


def test_encounters_in_bulk_count_as_single_ones_and_only_once(cast, lin, saturday):
    zhao = register(name="赵", store=cast.store.pk)
    at = saturday.now() - timedelta(days=3)
    note_purchase(Purchase(1, zhao, at, 50_000, 2, 30_000, cast.store.pk))
    deeds = [Deed("purchase", 2, lin, at, cast.store.pk, 2, 50_000, 30_000)]
    assert note_encounters(deeds) == 1
    assert note_encounters(deeds) == 0
    rows = Profile.objects.values_list(*COLUMNS)
    assert rows.get(pk=lin) == rows.get(pk=zhao)
    note_encounters([Deed("visit", 2, lin, at), Deed("return", 3, lin, at, None, 1, -20_000, -12_000)])
    assert rows.get(pk=lin)[:5] == (1, 1, 2, 1, 30_000)
