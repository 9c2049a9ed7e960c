from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Count, F, Sum

from clothier.catalog.models import Stock, Style
from clothier.checkout.models import Order, OrderLine, Reduction, Tender
from clothier.checkout.rules.orders import digest_of, mark
from clothier.checkout.selectors import points_owed
from clothier.customers.models import (
    ConsentState,
    Customer,
    Encounter,
    Fact,
    Identifier,
    Note,
    Profile,
    Tagging,
    Wearer,
)
from clothier.customers.selectors.proof import differences
from clothier.eventlog.contracts import deferred_handlers, parse
from clothier.eventlog.models import Entry
from clothier.insights.models import TouchedDay
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.loyalty.selectors import points_kept
from clothier.payments.models import Payment
from clothier.places.models import Store
from clothier.settlement.models import DayFigure
from clothier.simulation.selectors import demo_accounts
from clothier.simulation.services import Filled, fill
from clothier.staff.models import Shift
from clothier.staff.selectors import viewer_of
from clothier.visits.models import Visit
from tests.conftest import SATURDAY

pytestmark = pytest.mark.django_db
PEOPLE = 60


def indexes() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(
            name
            for table in connection.introspection.table_names(cursor)
            for name in connection.introspection.get_constraints(cursor, table)
        )


@pytest.fixture(scope="module")
def filling(django_db_setup, django_db_blocker) -> Iterator[Filled]:
    """One fill for the whole file; each test works in a savepoint of it."""
    with django_db_blocker.unblock(), clock.simulated(SATURDAY), transaction.atomic():
        yield fill(customers=PEOPLE, orders=240, stores=2, styles=60, busiest=0)
        transaction.set_rollback(True)


@pytest.fixture
def chain(filling, db, saturday) -> Filled:
    return filling


def test_a_filled_chain_has_stores_people_goods_and_shopping(chain):
    assert chain == Filled(seed=2071, customers=PEOPLE, orders=240, stores=2, fresh=True)
    assert list(Store.objects.values_list("code", flat=True)) == ["hz-hubin", "sh-xintiandi"]
    assert (Style.objects.count(), Customer.objects.count()) == (60, PEOPLE)
    assert Identifier.objects.count() == 2 * PEOPLE
    assert Visit.objects.filter(left_at=None).count() == 0
    assert Visit.objects.filter(outcome="bought").count() == Order.objects.filter(kind="sale").count()
    assert ConsentState.objects.exists()
    assert Fact.objects.filter(field="size", source="sale", wearer=None).exists()


def test_about_as_many_orders_are_placed_as_were_asked_for(chain):
    assert 180 < Order.objects.filter(kind="sale").count() < 300


def test_what_is_known_of_people_is_told_by_what_they_did(chain):
    fathers_and_mothers = Wearer.objects.filter(relation="child")
    assert fathers_and_mothers.exists()
    assert Fact.objects.filter(wearer__in=fathers_and_mothers, field="size").exists()
    assert Fact.objects.filter(field="height").exclude(sealed="").exists()
    assert Tagging.objects.exists()
    assert Note.objects.filter(written_at__gt=F("occurred_at")).count() == 0 < Note.objects.count()


def test_profiles_are_what_their_encounters_add_up_to(chain):
    assert list(differences()) == []
    spent = Order.objects.aggregate(fen=Sum("goods_fen"))["fen"]
    figures = Profile.objects.aggregate(fen=Sum("spend_fen"), orders=Sum("orders"), visits=Sum("visits"))
    assert figures == {
        "fen": spent,
        "orders": Order.objects.filter(kind="sale").count(),
        "visits": Visit.objects.count(),
    }
    assert Encounter.objects.count() == Order.objects.count() + Visit.objects.count()


def test_everything_that_happened_stands_in_the_log_once_and_reads(chain):
    told = dict(Entry.objects.order_by().values_list("type").annotate(n=Count("pk")))
    assert told["visit.recorded"] == Visit.objects.count()
    assert told["sale.recorded"] == Order.objects.filter(kind="sale").count()
    assert told["return.recorded"] == Order.objects.filter(kind="return").count() > 0
    assert told["customer.registered"] == PEOPLE
    assert told["customer.fact_recorded"] == Fact.objects.count()
    assert told["customer.wearer_added"] == Wearer.objects.count()
    assert told["tag.added"] == Tagging.objects.count()
    assert told["note.written"] == Note.objects.count()
    for entry in Entry.objects.all():
        assert parse(entry.type, entry.payload)
    assert told["customer.layer_changed"] == Profile.objects.exclude(layer_since=F("registered_at")).count() > 0


def test_an_order_is_known_by_the_digest_of_its_lines_and_adds_them_up(chain):
    for order in Order.objects.prefetch_related("lines"):
        lines = order.lines.all()
        marks = [mark(x.code, x.quantity, x.total_fen, x.unit_price_fen) for x in lines]
        assert order.digest == digest_of(order.kind, "CNY", marks)
        assert order.total_fen == sum(x.total_fen for x in lines)
        assert order.margin_fen == sum(x.total_fen - x.cost_fen * x.quantity for x in lines)


def test_what_came_back_was_sold_before_and_to_the_same_customer(chain):
    for line in OrderLine.objects.filter(returned_line__isnull=False).select_related("order", "returned_line__order"):
        sold = line.returned_line
        assert (line.sku_id, -line.total_fen, -line.quantity) == (sold.sku_id, sold.total_fen, sold.quantity)
        assert line.order.customer_id == sold.order.customer_id
        assert line.order.occurred_at > sold.order.occurred_at


def test_days_with_history_wait_to_be_counted_once(chain):
    days = list(TouchedDay.objects.values_list("store_id", "day"))
    assert len(days) == len(set(days)) > 100


def test_the_tables_have_their_indexes_and_the_next_keys_are_free(chain, cast_free_customer):
    assert "customer_name_1" in indexes()
    assert "visit_store_time" in indexes()
    assert cast_free_customer > PEOPLE


@pytest.fixture
def cast_free_customer() -> int:
    from clothier.customers.services import register

    return register(name="林晓")


def test_identifiers_find_their_customer_and_open_with_its_key(chain):
    from clothier.customers.contracts import Kind
    from clothier.customers.sealing import unseal
    from clothier.customers.selectors import by_identifier

    assert by_identifier(Kind.MEMBER, "M00000001") == Customer.objects.get(external_id="demo-00000001").pk
    phone = Identifier.objects.select_related("customer").get(kind="phone", customer__external_id="demo-00000001")
    assert unseal(phone.customer, phone.sealed) == "15413579246"


def test_of_purchases_visits_and_words_that_are_over_the_worker_hears_nothing(chain):
    grown = {"sale.recorded", "return.recorded", "visit.recorded", "chat.customer_wrote", "chat.reply_sent"}
    assert set(Entry.objects.filter(type__in=grown).values_list("type", flat=True)) == grown
    assert [one for one in grown if deferred_handlers(one, known=True, past=True)] == []
    assert "cases.goods" in deferred_handlers("return.recorded", known=False)


def test_filling_twice_fills_once(chain):
    before = (Order.objects.count(), Visit.objects.count(), Shift.objects.count())
    assert fill(customers=999) == Filled(seed=2071, customers=PEOPLE, orders=240, stores=2, fresh=False)
    assert (Order.objects.count(), Visit.objects.count(), Shift.objects.count()) == before


def test_every_demo_account_signs_in_with_its_role(chain):
    accounts = demo_accounts()
    assert {account.role for account in accounts} >= {
        Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.MALL, Role.OPERATOR, Role.ADMIN,
    }  # fmt: skip
    for account in accounts:
        user = authenticate(username=account.username, password=account.password)
        assert viewer_of(user).role == account.role


def test_the_flagship_carries_everything_and_sees_most_visitors(chain):
    flagship, street = (Store.objects.get(code=code) for code in ("sh-xintiandi", "hz-hubin"))
    styles = Stock.objects.filter(store=flagship).values("sku__style").distinct().count()
    assert styles == 60 > Stock.objects.filter(store=street).values("sku__style").distinct().count()
    assert Visit.objects.filter(store=flagship).count() > Visit.objects.filter(store=street).count()


def test_a_customers_notes_stand_in_the_order_in_which_they_were_written(chain):
    for pk in Customer.objects.values_list("pk", flat=True):
        written = list(Note.objects.filter(customer=pk).order_by("id").values_list("written_at", flat=True))
        assert all(a <= b for a, b in pairwise(written))


def test_what_the_last_weeks_orders_were_paid_with_is_the_money_that_was_kept(chain):
    paid = dict(Payment.objects.values_list("pk", F("captured_fen") - F("refunded_fen")))
    told = Tender.objects.filter(payment_id__isnull=False).values_list("payment_id").annotate(Sum("fen"))
    assert dict(told) == paid != {}
    sales = Tender.objects.filter(fen__gt=0).values_list("order_id").annotate(Sum("fen"))
    totals = dict(Order.objects.values_list("pk", "total_fen"))
    assert all(totals[order] == fen for order, fen in sales)


def test_what_points_paid_is_on_the_receipt_in_the_ledger_and_in_the_days_books(chain):
    told = {
        f"order:{order}": (points, fen)
        for order, points, fen in Tender.objects.filter(method="points").values_list("order_id", "points", "fen")
    }
    # Whatever keys the database gives, the same seed draws the same past.
    assert (len(told), sum(points for points, _fen in told.values())) == (4, 7_000)
    assert points_kept(told) == {document: points for document, (points, _fen) in told.items()} == points_owed(told)
    reduced = Reduction.objects.filter(kind="points").values_list("line__order").annotate(Sum("fen"))
    assert {f"order:{order}": fen for order, fen in reduced} == {order: fen for order, (_points, fen) in told.items()}
    for order in Order.objects.filter(tenders__method="points"):
        assert sum(order.tenders.values_list("fen", flat=True)) == order.total_fen
    sums = dict(DayFigure.objects.values_list("line").annotate(Sum("fen")))
    assert sums["points"] == sum(fen for _points, fen in told.values())
    assert sums["sales"] == sum(fen for line, fen in sums.items() if line not in ("sales", "returns"))
