"""Merge then un-merge: whatever two customers had done and said, each has it back to the last fen and word."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothier.customers.contracts import Predictions, Purchase
from clothier.customers.models import ConsentState, Fact, Identifier, Note, Profile, Tagging
from clothier.customers.services import (
    add_tag,
    create_tag,
    give_consent,
    merge,
    note_fact,
    note_purchase,
    note_return,
    note_visit,
    store_predictions,
    unmerge,
    withdraw_consent,
    write_note,
)
from clothier.kernel import clock
from tests.customers.people import phone, somebody

NOW = datetime(2026, 11, 14, 2, tzinfo=UTC)
PROFILE = [f.attname for f in Profile._meta.concrete_fields if f.name not in ("layer_since",)]


numbers = count(1)


def state(pks):
    models = (Identifier, Fact, Note, Tagging)
    return {
        "profiles": list(Profile.objects.filter(pk__in=pks).order_by("pk").values(*PROFILE)),
        "consents": list(
            ConsentState.objects.filter(person__in=pks)
            .order_by("person", "purpose", "channel", "data_class")
            .values("person", "purpose", "channel", "data_class", "granted", "since", "consent")
        ),
        **{m.__name__: list(m.objects.filter(customer__in=pks).order_by("pk").values()) for m in models},
    }


deeds = st.lists(
    st.tuples(
        st.sampled_from(["buy", "return", "visit", "yes", "no", "fact", "predict"]),
        st.booleans(),
        st.integers(0, 900),
        st.integers(1, 3_000_00),
    ),
    max_size=12,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(deeds=deeds)
def test_merge_then_unmerge_restores_everything(deeds):
    with clock.simulated(NOW):
        # The database is not emptied between examples, so each has phone numbers of its own.
        pks = [somebody(name, phone(f"139{next(numbers):08d}")) for name in "甲乙"]
        for n, (deed, second, days, fen) in enumerate(deeds):
            _do(deed, pks[second], n + pks[0] * 1000, NOW - timedelta(days=days), fen)
        before = state(pks)
        link = merge(a=pks[0], b=pks[1])
        person = Profile.objects.get(pk=pks[0])
        assert person.spend_fen == sum(row["spend_fen"] for row in before["profiles"])
        assert person.orders == sum(row["orders"] for row in before["profiles"])
        assert not Profile.objects.get(pk=pks[1]).live
        unmerge(link_id=link)
        after = state(pks)
        pairs = zip(before["profiles"], after["profiles"], strict=True)
        assert [{k: (a[k], b[k]) for k in a if a[k] != b[k]} for a, b in pairs] == [{}, {}]
        assert after == before


def _do(deed, pk, number, at, fen):
    common = {"customer_id": pk, "occurred_at": at}
    if deed == "buy":
        note_purchase(Purchase(order_id=number, spend_fen=fen, margin_fen=fen // 3, items=2, **common))
    elif deed == "return":
        note_return(return_id=number, refund_fen=fen, margin_fen=fen // 3, items=1, **common)
    elif deed == "visit":
        note_visit(visit_id=number, **common)
    elif deed == "yes":
        give_consent(purpose="marketing", channel="sms", notice_version="1", proof="till", **common)
    elif deed == "no":
        withdraw_consent(purpose="marketing", channel="sms", **common)
    elif deed == "fact":
        note_fact(field="size", value="M" if fen % 2 else "L", qualifier="大衣", **common)
    else:
        store_predictions(Predictions([pk], [fen / 100_000], [0.5], [fen]))


@pytest.mark.django_db
def test_notes_tags_and_identifiers_stay_with_their_records(saturday):
    pks = [somebody("甲", phone("13900000001")), somebody("乙", phone("13900000002"))]
    tag = create_tag(slug="business", name="商务通勤")
    for pk in pks:
        add_tag(customer_id=pk, tag_id=tag)
        write_note(customer_id=pk, template="visit", answers={"need": "找一件大衣"})
    before = state(pks)
    unmerge(link_id=merge(a=pks[0], b=pks[1]))
    assert state(pks) == before
