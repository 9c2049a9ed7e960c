"""A provider's file on its way in, and the day it settles."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from clothier.checkout.contracts import LineFacts
from clothier.checkout.models import Tender
from clothier.checkout.services import record_sale
from clothier.eventlog.models import Entry
from clothier.kernel.clock import SimulatedClock
from clothier.kernel.errors import Refused
from clothier.settlement.models import BusinessDay, DayFigure, Difference, Statement, StatementLine, Till
from clothier.settlement.services import (
    close_day,
    close_till,
    confirm_statement,
    count_drawer,
    drop_statement,
    open_till,
    receive_statement,
    resolve,
    settle,
    take_in,
    undo_decision,
    work_once,
)
from clothier.standards.models import Promise
from tests.cast import Cast
from tests.settlement.books import DAY, NOON, PROVIDER, fee, given_back, paid


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, trialpay: None) -> None:
    settings.HOME = tmp_path


def send(*rows: tuple[str, int], summary: str = "", name: str = f"{DAY}.csv") -> Statement:
    text = "\n".join(["trialpay", *(f"{number},{fen},{fee(fen)}" for number, fen in rows), *filter(None, [summary])])
    return receive_statement(provider=PROVIDER, file_name=name, chunks=[text.encode()], actor=None)


def checked(*rows: tuple[str, int], summary: str = "", name: str = f"{DAY}.csv") -> Statement:
    file = send(*rows, summary=summary, name=name)
    assert work_once() == 1
    file.refresh_from_db()
    return file


def test_a_file_is_checked_before_anything_changes(cast: Cast):
    file = checked(("a1", 10_000), ("r1", -4_000), ("bad", 1), summary="odd", name="download.csv")
    told = (file.state, file.date, file.rows, file.refused, file.payments_fen, file.refunds_fen, file.fee_fen)
    assert told == ("checked", DAY, 3, 1, 10_001, -4_000, 60 - 24)
    assert file.refusals == [{"line": 5, "reason": "列数不对", "text": "odd"}]
    assert not StatementLine.objects.exists()


def test_a_file_that_was_cut_short_is_refused(cast: Cast):
    file = checked(("a1", 10_000), summary="total,2,20000,0,120")
    assert (file.state, "不完整" in file.problem) == ("failed", True)
    with pytest.raises(Refused):
        confirm_statement(statement=file.pk, day=DAY)
    drop_statement(statement=file.pk)
    assert not Statement.objects.exists()


def test_a_day_without_sales_has_a_file_too(cast: Cast):
    file = checked(summary="total,0,0,0,0")
    assert (file.state, file.rows, file.date) == ("checked", 0, DAY)
    assert checked(name="nothing.csv").state == "failed"


def test_another_providers_file_says_what_is_wrong(cast: Cast):
    file = receive_statement(provider=PROVIDER, file_name="x.csv", chunks=[b"something"], actor=None)
    work_once()
    file.refresh_from_db()
    assert (file.state, file.problem) == ("failed", "这不是试付的账单")


def test_the_same_file_is_taken_once(cast: Cast):
    file = checked(("a1", 10_000))
    with pytest.raises(Refused, match="已经上传过") as refused:
        send(("a1", 10_000), name="again.csv")
    assert refused.value.field == "file"
    confirm_statement(statement=file.pk, day=DAY)
    assert work_once() == 1
    assert work_once() == 0
    confirm_statement(statement=file.pk, day=DAY)
    assert work_once() == 0
    assert StatementLine.objects.count() == 1
    assert take_in(file.pk).done == 1
    assert StatementLine.objects.count() == 1


def test_a_corrected_file_takes_the_place_of_the_first_when_asked_to(cast: Cast):
    first, second = checked(("a1", 10_000)), checked(("a1", 9_000))
    confirm_statement(statement=first.pk, day=DAY)
    work_once()
    with pytest.raises(Refused) as refused:
        confirm_statement(statement=second.pk, day=DAY)
    assert refused.value.field == "replace"
    confirm_statement(statement=second.pk, day=DAY, replace=True)
    work_once()
    assert list(Statement.objects.order_by("pk").values_list("current", flat=True)) == [False, True]
    assert Entry.objects.filter(type="statement.imported").last().payload["replaces"] == first.pk


def test_a_closed_day_is_matched_when_its_files_agree(cast: Cast, till: Till, saturday: SimulatedClock):
    session = open_till(till=till.pk, float_fen=50_000, actor=cast.zhou.pk)
    saturday.advance(7200)
    sale = paid(cast.store.pk, "a1", 10_000)
    given_back(sale, "r1", 4_000)
    cash = paid(cast.store.pk, "c1", 3_000, method="cash", till=till.pk)
    given_back(cash, "c2", 1_000, till=till.pk)
    saturday.advance(7200)
    count_drawer(session=session.pk, pieces={10_000: 5, 1_000: 2}, actor=cast.zhou.pk)
    assert close_till(session=session.pk, actor=cast.zhou.pk).difference_fen == 0
    day = close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    figures = DayFigure.objects.filter(day=day).order_by("line")
    assert list(figures.values_list("line", "count", "fen", "refunds", "refund_fen")) == [
        ("cash", 1, 3_000, 1, -1_000),
        ("returns", 0, 0, 2, -5_000),
        ("sales", 2, 13_000, 0, 0),
        ("wechat", 1, 10_000, 1, -4_000),
    ]
    file = checked(("r1", -4_000), ("a1", 10_000))
    confirm_statement(statement=file.pk, day=DAY)
    work_once()
    day.refresh_from_db()
    assert day.matched_at is not None
    assert Promise.objects.get(key="settlement", subject_id=day.pk).state == "kept"


def test_a_day_with_a_difference_waits_for_a_decision_and_opens_when_it_is_taken_back(
    cast: Cast, saturday: SimulatedClock
):
    saturday.advance(7200)
    paid(cast.store.pk, "a1", 10_000)
    day = close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    file = checked(("a1", 9_000))
    confirm_statement(statement=file.pk, day=DAY)
    work_once()

    def matched() -> bool:
        return BusinessDay.objects.get(pk=day.pk).matched_at is not None

    assert not matched()
    difference = Difference.objects.get()
    made = resolve(difference=difference.pk, reason="claimed", note="渠道少记 10 元", actor=cast.gao.pk, key="k")
    assert resolve(difference=difference.pk, reason="claimed", note="x", actor=cast.gao.pk, key="k") == made
    assert matched()
    with pytest.raises(Refused, match="已经有人处理"):
        resolve(difference=difference.pk, reason="accepted", note="x", actor=cast.wu.pk)
    undo_decision(difference=difference.pk, actor=cast.gao.pk)
    assert not matched()
    types = Entry.objects.filter(subject_kind="day").order_by("pk").values_list("type", flat=True)
    assert list(types) == ["day.closed", "settlement.matched", "settlement.reopened"]


def test_a_payment_after_the_day_was_closed_is_the_next_days(cast: Cast, saturday: SimulatedClock):
    saturday.advance(7200)
    paid(cast.store.pk, "a1", 10_000)
    saturday.advance(60)
    day = close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    paid(cast.store.pk, "a2", 7_000, at=NOON + timedelta(hours=1))
    saturday.advance(86_400)
    paid(cast.store.pk, "a3", 1_000, at=NOON + timedelta(days=1))
    second = close_day(store=cast.store.pk, day=DAY + timedelta(days=1), actor=cast.wu.pk)
    sums = DayFigure.objects.filter(line="wechat").order_by("day__date").values_list("day", "count", "fen")
    assert list(sums) == [(day.pk, 1, 10_000), (second.pk, 2, 8_000)]
    assert second.date == date(2026, 11, 15)


def test_money_at_a_till_that_became_no_order_is_found(cast: Cast, saturday: SimulatedClock):
    saturday.advance(7200)
    lost = paid(cast.store.pk, "a1", 10_000, method="cash", subject="cart")
    kept = paid(cast.store.pk, "a2", 5_000, method="cash", subject="cart")
    sale = record_sale(source="till", number="T1", lines=[LineFacts("X", 1, 5_000, 5_000)], store=cast.store.pk)
    tender = Tender.objects.create(order=sale, payment_id=kept.payment_id, method="cash", fen=4_900)
    day = close_day(store=cast.store.pk, day=DAY, actor=cast.wu.pk)
    assert not settle(day=day.pk)
    told = Difference.objects.order_by("key").values_list("payment_id", "kind", "ours_fen", "theirs_fen")
    assert list(told) == [(lost.payment_id, "missing_here", 0, 10_000), (kept.payment_id, "amount", 4_900, 5_000)]
    Tender.objects.filter(pk=tender.pk).update(fen=5_000)
    Tender.objects.create(order=sale, payment_id=lost.payment_id, method="cash", fen=10_000)
    assert settle(day=day.pk)
    assert set(Difference.objects.values_list("state", flat=True)) == {"gone"}
