from datetime import UTC, datetime

import pytest

from clothier.checkout.models import Order, OrderLine
from clothier.eventlog.models import Entry
from clothier.imports.models import Import
from clothier.imports.selectors import reconciliation
from tests.imports.conftest import reasons

pytestmark = pytest.mark.django_db

SALE = "536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom"
LANTERN = "536365,71053,WHITE LANTERN,2,2010-12-01 08:26:00,3.39,17850.0,United Kingdom"
POSTAGE = "536365,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom"
CANCELLED = "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom"
WRITTEN_OFF = "536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom"
RETURN = "536590,21777,HEART,-2,2010-12-01 16:50:00,1.25,14527.0,United Kingdom"


def test_an_order_lands_with_its_lines_money_and_customer(write, bring):
    task = bring(write(SALE, LANTERN, POSTAGE))
    assert (task.state, task.share) == ("finished", 1.0)
    order = Order.objects.get()
    assert (order.source, order.number, order.kind, order.currency) == ("import", "536365", "sale", "GBP")
    assert (order.total_fen, order.goods_fen, order.pieces) == (4008, 2208, 8)
    assert order.occurred_at == datetime(2010, 12, 1, 8, 26, tzinfo=UTC)
    lines = list(
        OrderLine.objects.order_by("id").values_list("code", "quantity", "unit_price_fen", "total_fen", "kind")
    )
    assert lines == [
        ("85123A", 6, 255, 1530, "goods"),
        ("71053", 2, 339, 678, "goods"),
        ("POST", 1, 1800, 1800, "delivery"),
    ]
    registered = Entry.objects.get(type="customer.registered")
    assert registered.subject_id == order.customer_id
    assert registered.occurred_at == order.occurred_at


def test_cancellations_returns_and_write_offs_are_told_apart(write, bring):
    bring(write(CANCELLED, WRITTEN_OFF, RETURN))
    kinds = dict(Order.objects.values_list("number", "kind"))
    assert kinds == {"C536379": "cancellation", "536589": "return", "536590": "return"}
    assert dict(OrderLine.objects.values_list("order__number", "kind")) == {
        "C536379": "discount",
        "536589": "adjustment",
        "536590": "goods",
    }


def test_the_same_file_twice_changes_nothing(write, bring):
    path = write(SALE, LANTERN, CANCELLED)
    bring(path)
    before = Entry.objects.exclude(type__startswith="import.").count()
    again = bring(path).read_counts()
    assert (again.read, again.imported, again.already, again.rejected) == (3, 0, 3, 0)
    assert (Order.objects.count(), OrderLine.objects.count()) == (2, 3)
    assert Entry.objects.exclude(type__startswith="import.").count() == before


def test_source_and_database_agree_to_the_penny_even_below_it(write, bring):
    below = [f"{n},PADS,PADS,1,2010-12-01 09:00:00,0.005,17850.0,United Kingdom" for n in (7001, 7002, 7003)]
    task = bring(write(SALE, RETURN, CANCELLED, *below))
    lines = {line.sort: line for line in reconciliation(task)}
    assert (lines["sale"].source.micros, lines["sale"].database_fen) == (15_315_000, 1530)
    assert (lines["sale"].rounding.lines, lines["sale"].rounding.micros) == (3, -15_000)
    assert (lines["return"].database_fen, lines["cancellation"].database_fen) == (-250, -2750)
    assert all(line.balanced for line in lines.values())


def test_an_order_with_one_bad_line_stays_out_as_a_whole_and_every_row_says_why(write, bring):
    bad = "536365,84406B,HANGER,six,2010-12-01 08:26:00,2.75,17850.0,United Kingdom"
    task = bring(write(SALE, bad, CANCELLED))
    assert reasons(task) == [("2", "同一单的第 3 行有误，整单未导入"), ("3", "“six”不是整数数量")]
    assert [order.number for order in Order.objects.all()] == ["C536379"]
    assert (task.read_counts().imported, task.read_counts().rejected) == (1, 2)


def test_a_corrected_file_brings_what_was_refused_and_nothing_else(write, bring):
    bad = "536365,84406B,HANGER,six,2010-12-01 08:26:00,2.75,17850.0,United Kingdom"
    bring(write(SALE, bad, CANCELLED))
    fixed = bring(write(SALE, bad.replace("six", "6"), CANCELLED)).read_counts()
    assert (fixed.imported, fixed.already, fixed.rejected) == (2, 1, 0)


def test_a_known_number_with_other_goods_is_a_contradiction(write, bring):
    bring(write(SALE))
    task = bring(write(SALE.replace(",6,", ",7,")))
    assert reasons(task) == [("2", "单号 536365 已有记录，且内容不同")]
    assert OrderLine.objects.get().quantity == 6


def test_an_order_told_in_two_places_of_one_file_is_kept_whole(write, bring):
    path = write(SALE, CANCELLED, LANTERN)
    bring(path)
    assert sorted(Order.objects.values_list("number", "part")) == [("536365", 1), ("536365", 2), ("C536379", 1)]
    assert bring(path).read_counts().already == 3


def test_the_same_goods_twice_in_an_order_are_two_lines_and_remarked(write, bring):
    task = bring(write(SALE, SALE))
    assert OrderLine.objects.count() == 2
    assert task.read_counts().remarks["repeated_lines"] == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (SALE.replace("2010-12-01", "2031-12-01"), "时间 2031-12-01 08:26 在将来"),
        (SALE.replace("2010-12-01", "1900-01-01"), "时间 1900-01-01 早于 1990 年"),
        (SALE.replace("2010-12-01 08:26:00", "yesterday"), "“yesterday”不是日期时间"),
        (SALE.replace("2.55", "=2+3"), "“=2+3”是公式，请先在表格里转成数值"),
        (SALE.replace("2.55", "a lot"), "“a lot”不是金额"),
        (SALE.replace(",6,", ",0,"), "数量为零"),
        (SALE.replace("85123A", ""), "没有款号"),
        (SALE.replace("536365", ""), "没有单号"),
        (SALE + ",,extra", "单元格比表头多，可能有未加引号的分隔符"),
    ],
)
def test_what_cannot_be_right_is_refused_in_plain_words(write, bring, saturday, row, reason):
    task = bring(write(row, CANCELLED))
    assert reasons(task) == [("2", reason)]
    assert Order.objects.count() == 1


def test_two_customers_on_one_order_contradict_each_other(write, bring):
    task = bring(write(SALE, LANTERN.replace("17850", "17851")))
    assert reasons(task)[1] == ("3", "同一单号出现了不同的顾客")
    assert not Order.objects.exists()


def test_an_unknown_store_is_refused_and_a_known_one_found_by_code_or_name(write, bring, cast):
    header = "单号,款号,数量,时间,单价,门店"
    rows = (
        "A1,K1,1,2026-11-01 12:00,299,sh-nanjing",
        "A2,K1,1,2026-11-01 12:00,299,湖滨店",
        "A3,K1,1,2026-11-01,299,莫干山店",
    )
    task = bring(write(*rows, header=header))
    assert dict(Order.objects.values_list("number", "store__code")) == {"A1": "sh-nanjing", "A2": "hz-hubin"}
    assert reasons(task) == [("4", "没有编码或名称为“莫干山店”的门店")]
    assert Order.objects.get(number="A1").occurred_at == datetime(2026, 11, 1, 4, 0, tzinfo=UTC)


def test_refused_rows_run_nothing_in_a_spreadsheet_and_can_be_imported_once_corrected(write, bring):
    row = '536365,85123A,"=HYPERLINK(""http://x"")",six,2010-12-01 08:26:00,-2.55,17850.0,United Kingdom'
    task = bring(write(row))
    text = task.rejected_file.read_text("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ",-2.55," in text
    corrected = task.rejected_file.with_suffix(".fixed.csv")
    corrected.write_text(text.replace("six", "6").replace("-2.55", "2.55"), "utf-8")
    assert bring(corrected).read_counts().imported == 1
    assert OrderLine.objects.get().description == '=HYPERLINK("http://x")'


def test_an_import_finishes_with_one_event_of_its_counts(write, bring):
    task = bring(write(SALE, CANCELLED))
    entry = Entry.objects.get(type="import.finished")
    assert entry.subject_id == task.pk
    assert entry.payload == {"import_id": task.pk, "kind": "orders", "imported": 2, "already": 0, "rejected": 0}
    assert Import.objects.get().holder == ""
