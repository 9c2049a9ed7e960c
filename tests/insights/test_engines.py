"""A seeded shop asked in its own database and in DuckDB and Spark over a snapshot: every value must be the same."""

import os
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pyarrow.parquet as pq
import pytest
from django.utils import timezone

from clothier.checkout.services import record_return, record_sale
from clothier.customers.contracts import Deed
from clothier.customers.models import Profile, Tagging
from clothier.customers.rules.conditions import parse
from clothier.customers.selectors import people_where, sampling, segments
from clothier.customers.services import (
    add_tag,
    create_tag,
    erase,
    give_consent,
    merge,
    note_encounters,
    note_fact,
    withdraw_consent,
)
from clothier.insights.selectors import readings
from clothier.insights.services import analytics, predict_repurchase, refresh
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.visits.services import answer_bell, arrive, greet, leave, open_fitting, ring_bell
from tests.checkout.facts import line
from tests.customers.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["orm", "duckdb", "spark"])
def engine(request, shop, tmp_path):
    # A Java machine takes half a minute to warm up: its own part of the proof waits for it, and there it must be.
    if request.param == "spark" and not os.environ.get("CLOTHIER_TEST_SPARK"):
        pytest.skip("make test-spark")
    analytics.take_snapshot(tmp_path / "snapshot")
    with analytics.opened(request.param, tmp_path / "snapshot") as engine:
        yield engine


@pytest.fixture
def shop(cast, saturday):
    """Sixty customers of whom nobody is like the other; two are one person, one is erased, one never bought."""
    draw = Random(7)
    pks = [somebody(f"客{n}") for n in range(60)]
    note_encounters(sorted((deed for n, pk in enumerate(pks[1:]) for deed in _deeds(draw, n, pk)), key=_when))
    tag = create_tag(slug="cashmere", name="羊绒", name_en="Cashmere")
    for pk in pks[::3]:
        add_tag(customer_id=pk, tag_id=tag)
    Tagging.objects.filter(customer__in=pks[::9]).update(expires_at=clock.now() - timedelta(days=1))
    for n, pk in enumerate(pks):
        note_fact(customer_id=pk, field="size", value="SML"[n % 3], qualifier="coat" if n % 2 else "", source="store")
        note_fact(customer_id=pk, field="birthday", value=f"11-{14 + n % 12:02d}", source="customer")
        _consent(pk, yes=bool(n % 4))
    merge(a=pks[4], b=pks[5])
    erase(customer_id=pks[6])
    _live(cast, saturday, pks[1])
    predict_repurchase()
    return tag


def _live(cast, saturday, buyer):
    """Three visits: one greeted after 8 s, fitted and sold to, one after 20 s, one still here; a bell, a return."""
    store, zhou = cast.store.pk, cast.zhou.pk
    first, second, _third = (arrive(store=store, customer=None).pk for _ in range(3))
    open_fitting(visit=first, actor=zhou)
    saturday.advance(8)
    greet(visit=first, actor=zhou)
    bell = ring_bell(store=store, source="kiosk", zone=cast.coats.pk)
    saturday.advance(12)
    greet(visit=second, actor=zhou)
    answer_bell(bell=bell.pk, actor=zhou)
    for number, at in (("OLD", clock.now() - timedelta(days=30)), ("NEW", clock.now())):
        record_sale(source="pos", number=number, store=store, customer=buyer, lines=[line(quantity=2)], occurred_at=at)
    record_sale(source="web", number="W", store=None, lines=[line()])
    record_return(source="pos", number="BACK", store=store, lines=[line(quantity=-1)])
    leave(visit=first, outcome="bought", actor=zhou)
    leave(visit=second, outcome="left", actor=zhou)


def _deeds(draw, n, pk):
    kinds = ["purchase"] * 4 + ["visit", "fitting", "return"]
    for k in range(1 + n % 13):
        kind, fen = draw.choice(kinds), draw.randrange(9_900, 1_299_900, 100)
        at = clock.now() - timedelta(minutes=draw.randrange(900 * 1440), microseconds=draw.choice([0, 250_000]))
        money = {"purchase": fen, "return": -fen // 3}.get(kind, 0)
        yield Deed(kind, 1_000 * n + k, pk, at, store_id=1 + n % 3, items=1 + k % 3, spend_fen=money)


def _when(deed):
    return deed.occurred_at


def _consent(pk, *, yes):
    give_consent(customer_id=pk, purpose="marketing", channel="sms", notice_version="1", proof="till")
    if not yes:
        withdraw_consent(customer_id=pk, purpose="marketing", channel="sms", proof="till")


def both(*of):
    return {"kind": "all", "of": list(of)}


REGULAR = {"kind": "figure", "figure": "orders", "least": 3}
LATELY = {"kind": "moment", "moment": "last_purchase_at", "at_most_days": 120}
CONDITIONS = {
    "everybody": both(),
    "layer": {"kind": "layer", "layers": ["vip", "high_frequency", "promising"]},
    "figures": both(REGULAR, {"kind": "figure", "figure": "spend_fen", "most": 4_000_000}),
    "expected": {"kind": "figure", "figure": "p_alive", "least": 0.8},
    "lately": LATELY,
    "long ago": {"kind": "moment", "moment": "last_purchase_at", "at_least_days": 200, "at_most_days": 500},
    "never": {"kind": "moment", "moment": "last_visit_at", "never": True},
    "fact": {"kind": "fact", "field": "size", "value": "M", "qualifier": "coat"},
    "consent": {"kind": "consent", "purpose": "marketing", "channel": "sms"},
    "visited": {"kind": "did", "deed": "visit", "days": 400},
    "bought often": {"kind": "did", "deed": "purchase", "days": 700, "least": 2, "store": 2},
    "store": {"kind": "store", "stores": [1, 3]},
    "birthday": {"kind": "birthday", "days": 5},
    "nested": {"kind": "any", "of": [{"kind": "not", "of": LATELY}, both(REGULAR, LATELY)]},
}


def test_an_engine_says_the_same_of_everybody(engine, shop, cast, tmp_path):
    """One test, for Spark takes its time to begin."""
    trees = {**CONDITIONS, "tag": {"kind": "tag", "tag": shop}}
    kept = {name: _members(tree) for name, tree in trees.items()}
    assert {name: analytics.people(engine, parse(tree)) for name, tree in trees.items()} == kept
    assert [name for name, people in kept.items() if not 0 < len(people) < 58] == ["everybody"]
    assert analytics.count_people(engine, parse(REGULAR)) == len(_members(REGULAR))

    layers = dict(Profile.objects.filter(live=True).values_list("pk", "layer"))
    assert dict(analytics.layers(engine)) == layers
    assert analytics.layer_sizes(engine) == Counter(layers.values())
    assert (len(layers), len(set(layers.values()))) == (58, 6)

    # To the last fen: what the models are told, and in which order, is the same, and rounding happens in one place.
    analytics.predict(engine, tmp_path / "expected")
    told = pq.read_table(tmp_path / "expected" / "CNY").to_pydict()
    bought = Profile.objects.filter(predicted_at__isnull=False).order_by("pk")
    found = sorted(zip(*told.values(), strict=True))
    assert found == list(bought.values_list("pk", "expected_purchases_90d", "p_alive", "lifetime_value_fen"))
    assert len(found) > 50

    today = timezone.localdate(clock.now())
    refresh()
    counted = readings(SYSTEM, start=today, end=today)
    assert analytics.metrics_of(engine, today, [cast.store.pk, cast.other_store.pk]) == [
        replace(each, course=()) for each in counted
    ]
    assert {each.metric.key: each.value for each in counted} == DAY


def test_pages_and_samples_of_a_segment_hold_the_people_of_their_stretch_of_keys(shop, monkeypatch):
    monkeypatch.setattr(segments, "STRETCH", 1)
    # As wide as the windows lie apart, so that the sample is everybody and the estimate the truth.
    top = Profile.objects.order_by("-pk")[0].pk
    for where, name, value in (
        (segments, "EXACT_UP_TO", 0),
        (segments, "WIDTH", top // 4),
        (sampling, "WIDTH", top // 4),
        (segments, "WINDOWS", 4),
        (sampling, "WINDOWS", 4),
    ):
        monkeypatch.setattr(where, name, value)
    for tree in [*CONDITIONS.values(), {"kind": "tag", "tag": shop}]:
        condition, kept = parse(tree), _members(tree)
        assert [person.pk for person in segments.members(condition, limit=3)] == kept[:3]
        assert [person.pk for person in segments.members(condition, after=kept[2], limit=50)] == kept[3:53]
        assert not (size := segments.size_of(condition)).exact
        assert abs(size.people - len(kept)) <= 4


DAY = {
    "promises_kept": 2 / 3,
    "greeting_time": 14,
    "bell_time": 12,
    "visits": 3,
    "conversion": 0.5,
    "fitting_conversion": 1,
    "sales": 59_800,
    "basket": 44_850,
    "pieces": 1.5,
    "repurchase": 1,
}


def _members(tree):
    """By the shop's own database."""
    return list(people_where(parse(tree)).order_by("pk").values_list("pk", flat=True))
