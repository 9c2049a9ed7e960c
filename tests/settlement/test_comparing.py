"""A provider's file held against our moves."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clothier.settlement.contracts import DifferenceKind, DifferenceState, Finding
from clothier.settlement.models import DayStatement, Difference
from clothier.settlement.rules.explaining import Ours, Theirs, explain
from clothier.settlement.rules.fees import due
from clothier.settlement.services import compare, resolve, undo_decision
from tests.cast import Cast
from tests.settlement.books import DAY, NOON, PROVIDER, given_back, paid, right, stated

pytestmark = pytest.mark.usefixtures("trialpay")
NEXT = DAY + timedelta(days=1)
# A quarter to midnight in Beijing.
LATE = NOON + timedelta(hours=11, minutes=45)


def queue() -> dict[str, tuple[str, str, int, int]]:
    rows = Difference.objects.order_by("key").values_list("key", "kind", "state", "ours_fen", "theirs_fen")
    return {key.removeprefix(f"{PROVIDER}:"): tuple(rest) for key, *rest in rows}


def test_what_agrees_is_added_up_by_day_and_leaves_nothing_to_do(cast: Cast):
    sale = paid(cast.store.pk, "a1", 19_900)
    paid(cast.other_store.pk, "a2", 5_000)
    given_back(sale, "r1", 9_900)
    stated([right("a2", 5_000), right("r1", -9_900), right("a1", 19_900)])
    done = compare(provider=PROVIDER, first=DAY, last=DAY)
    assert (done.ours, done.theirs, done.differences) == (3, 3, 0)
    assert queue() == {}
    sums = DayStatement.objects.order_by("day__store").values_list("day__store", "method", "rows", "fen", "fee_fen")
    assert list(sums) == [
        (cast.store.pk, "wechat", 2, 10_000, 119 - 59),
        (cast.other_store.pk, "wechat", 1, 5_000, 30),
    ]


def test_every_kind_of_difference_is_told_apart(cast: Cast):
    for number, fen in (("same", 100_00), ("amount", 200_00), ("nothere", 300_00), ("twice", 400_00), ("fee", 500_00)):
        paid(cast.store.pk, number, fen)
    stated(
        [
            right("same", 100_00),
            right("amount", 190_00),
            right("stranger", 77_00),
            right("twice", 400_00),
            right("twice", 400_00),
            ("fee", 500_00, 900),
        ]
    )
    compare(provider=PROVIDER, first=DAY, last=DAY)
    assert queue() == {
        "amount": ("amount", "open", 20_000, 19_000),
        "fee:2026-11-14": ("fee", "open", 300, 900),
        "nothere": ("missing_there", "open", 30_000, 0),
        "stranger": ("missing_here", "open", 0, 7_700),
        "twice": ("double", "open", 40_000, 80_000),
    }
    assert Difference.objects.get(kind="missing_there").owner_id == cast.gao.pk
    assert Difference.objects.get(kind="amount").store_id == cast.store.pk


def test_the_end_of_an_evening_may_stand_in_the_next_days_file(cast: Cast):
    paid(cast.store.pk, "late", 100_00, at=LATE)
    stated([])
    compare(provider=PROVIDER, first=DAY, last=DAY)
    assert queue() == {}
    stated([right("late", 100_00)], day=NEXT)
    compare(provider=PROVIDER, first=NEXT, last=NEXT)
    assert queue() == {"late": ("timing", "explained", 10_000, 10_000)}
    assert DayStatement.objects.get().stated_on == NEXT
    assert DayStatement.objects.get().day.date == DAY


def test_what_neither_file_tells_of_is_missing_there(cast: Cast):
    paid(cast.store.pk, "late", 100_00, at=LATE)
    stated([])
    stated([], day=NEXT)
    compare(provider=PROVIDER, first=DAY, last=NEXT)
    assert queue() == {"late": ("missing_there", "open", 10_000, 0)}


def test_a_corrected_file_makes_differences_go_by_themselves(cast: Cast):
    paid(cast.store.pk, "a1", 100_00)
    stated([right("a1", 90_00), right("x", 1_00)])
    compare(provider=PROVIDER, first=DAY, last=DAY)
    stated([right("a1", 100_00)])
    compare(provider=PROVIDER, first=DAY, last=DAY)
    assert queue() == {"a1": ("amount", "gone", 10_000, 9_000), "x": ("missing_here", "gone", 0, 100)}


def test_a_decision_stands_until_the_sides_change(cast: Cast):
    paid(cast.store.pk, "a1", 100_00)
    stated([right("a1", 90_00)])
    compare(provider=PROVIDER, first=DAY, last=DAY)
    difference = Difference.objects.get()
    decision = resolve(difference=difference.pk, reason="claimed", note="已发申诉邮件", actor=cast.gao.pk)
    compare(provider=PROVIDER, first=DAY, last=DAY)
    assert queue() == {"a1": ("amount", "resolved", 10_000, 9_000)}
    stated([right("a1", 95_00)])
    compare(provider=PROVIDER, first=DAY, last=DAY)
    assert queue() == {"a1": ("amount", "open", 10_000, 9_500)}
    assert list(difference.decisions.all()) == [decision]
    again = resolve(difference=difference.pk, reason="accepted", note="差额已退回", actor=cast.gao.pk)
    undo_decision(difference=difference.pk, actor=cast.gao.pk)
    assert queue() == {"a1": ("amount", "open", 10_000, 9_500)}
    assert [(row.pk, row.theirs_fen) for row in difference.decisions.order_by("pk")] == [
        (decision.pk, 9_000),
        (again.pk, 9_500),
    ]


AMOUNTS = st.integers(1, 400).map(lambda yuan: yuan * 100)
MOMENTS = st.sampled_from([NOON, LATE, NOON + timedelta(days=1)])


@settings(max_examples=12)
@given(
    sold=st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(AMOUNTS, MOMENTS), max_size=6),
    told=st.lists(st.tuples(st.sampled_from("abcdefghij"), AMOUNTS, st.sampled_from([DAY, NEXT])), max_size=8),
    order=st.permutations([DAY, NEXT, DAY]),
)
@pytest.mark.django_db
def test_files_may_come_in_any_order_and_any_number_of_times(sold, told, order):
    from django.db import transaction

    results = []
    for turns in ([DAY, NEXT], list(order)):
        with transaction.atomic():
            for number, (fen, at) in sold.items():
                paid(None, number, fen, at=at)
            for day in turns:
                stated([right(number, fen) for number, fen, on in told if on == day], day=day)
                compare(provider=PROVIDER, first=day - timedelta(days=1), last=day + timedelta(days=1))
            results.append({key: row for key, row in queue().items() if row[1] != DifferenceState.GONE})
            transaction.set_rollback(True)
    assert results[0] == results[1]


THEIRS = st.builds(Theirs, st.sampled_from([DAY, NEXT]), AMOUNTS, st.sampled_from(["p1", "p2"]))


@given(
    ours=st.none() | st.builds(Ours, st.just(DAY), AMOUNTS, st.just("wechat"), st.just(1), st.just(1)),
    theirs=st.lists(THEIRS, max_size=3),
)
def test_an_explanation_does_not_depend_on_the_order_of_rows(ours: Ours | None, theirs: list[Theirs]):
    def found(rows: list[Theirs]) -> Finding | None:
        return explain("p", "n", ours, rows, told=lambda _ours: True)

    assert found(theirs) == found(theirs[::-1])
    agrees = ours is not None and [(row.date, row.fen) for row in theirs] == [(DAY, ours.fen)]
    assert (found(theirs) is None) == (agrees or (ours is None and not theirs))


def test_a_fee_is_rounded_half_up_and_given_back_with_a_refund():
    import numpy as np

    amounts, rates = np.array([83, 84, 10_000, -10_000]), np.array([60, 60, 60, 60])
    assert due(amounts, rates, returned=True).tolist() == [0, 1, 60, -60]
    assert due(amounts, rates, returned=False).tolist() == [0, 1, 60, 0]
    assert DifferenceKind.FEE == "fee"
