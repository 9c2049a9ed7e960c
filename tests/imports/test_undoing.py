import pytest

from clothier.checkout.contracts import LineFacts, LineKind, OrderKind
from clothier.checkout.models import Order, OrderLine
from clothier.checkout.services import record_orders, record_return
from clothier.customers.models import Customer, Encounter, Profile
from clothier.customers.selectors import by_external, find
from clothier.customers.selectors.proof import differences
from clothier.customers.services import merge, note_fact, note_visit, register
from clothier.eventlog.models import Entry
from clothier.imports.models import Import
from clothier.imports.selectors import may_undo, stayed
from clothier.imports.services import request_undo, undo, undoing, work_once
from clothier.insights.models import TouchedDay
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from tests.checkout.facts import order

pytestmark = pytest.mark.django_db

ORDERS = (
    "A1,K1,COAT,2,2026-03-01 10:00,299,C1,China",
    "A2,K2,SKIRT,1,2026-03-02 10:00,199,C1,China",
    "A3,K1,COAT,1,2026-03-03 10:00,299,C2,China",
    "A4,K1,COAT,1,2026-03-03 10:00,299,,China",
)
PEOPLE = ("客户编号,姓名,手机号", "P1,林晓,13800138000", "P2,孙悦,13900139000", "P3,何佳,13700137000")


@pytest.fixture
def people(write, bring, cast) -> Import:
    return bring(write(*PEOPLE[1:], header=PEOPLE[0]), "customers")


def left() -> tuple[int, int, int]:
    return Order.objects.count(), OrderLine.objects.count(), Encounter.objects.count()


def test_what_a_file_brought_is_gone_and_the_log_says_so(write, bring, cast):
    task = bring(write(*ORDERS))
    record_orders(facts=[order("T1", customer=(mine := register(name="林晓")))])
    undone = undo(import_id=task.pk, actor=cast.gao.pk)
    assert (undone.state, undone.undone_by, undone.undone_at) == ("undone", cast.gao.pk, clock.now())
    assert (left(), Order.objects.get().number) == ((1, 1, 1), "T1")
    assert list(Customer.objects.filter(erased_at=None).values_list("pk", flat=True)) == [mine]
    done = undone.read_taken_back()
    assert (done.orders, done.lines, done.customers, done.stayed) == (4, 4, 2, {})
    entry = Entry.objects.get(type="import.undone")
    assert entry.payload == {
        "import_id": task.pk, "kind": "orders", "orders": 4, "lines": 4, "customers": 2, "stayed": 0,
    }  # fmt: skip
    withdrawn = Entry.objects.filter(type="order.withdrawn").order_by("id")
    assert [(row.payload["total_fen"], row.actor_id) for row in withdrawn] == [
        (59_800, cast.gao.pk), (19_900, cast.gao.pk), (29_900, cast.gao.pk), (29_900, cast.gao.pk),
    ]  # fmt: skip
    assert Entry.objects.filter(type="customer.withdrawn").count() == 2
    assert list(differences()) == []


def test_twice_is_once_and_the_file_can_come_again(write, bring, cast):
    path = write(*ORDERS)
    task = bring(path)
    undo(import_id=task.pk)
    before = Entry.objects.count()
    assert undo(import_id=task.pk).state == "undone"
    assert Entry.objects.count() == before
    again = bring(path)
    assert (again.read_counts().imported, again.read_counts().already, left()) == (4, 0, (4, 4, 3))


def test_a_customer_known_before_keeps_all_but_the_files_orders(write, bring, cast):
    bring(write(ORDERS[0]))
    known = by_external("import", "C1")
    task = bring(write(*ORDERS[1:], name="more.csv"))
    assert Profile.objects.get(pk=known).orders == 2
    undo(import_id=task.pk)
    profile = Profile.objects.get(pk=known)
    assert (profile.live, profile.orders, profile.items, profile.spend_fen) == (True, 1, 2, 59_800)
    assert profile.last_purchase_at == profile.first_purchase_at == Order.objects.get().occurred_at
    assert list(differences()) == []


def test_customers_with_a_history_of_their_own_stay_and_are_counted_with_the_reason(people, cast):
    first, second, third = (by_external("import", number) for number in ("P1", "P2", "P3"))
    note_visit(customer_id=first, visit_id=1)
    note_fact(customer_id=second, field="colour", value="驼色")
    undone = undo(import_id=people.pk)
    assert undone.read_taken_back().customers == 1
    assert dict(stayed(undone)) == {
        "顾客：之后有购买、到店或试穿": 1,
        "顾客：之后有人更正、备注、登记同意或加过资料": 1,
    }
    assert [hit.customer_id for hit in (*find(SYSTEM, "林晓"), *find(SYSTEM, "孙悦"), *find(SYSTEM, "何佳"))] == [
        first, second,
    ]  # fmt: skip
    assert Customer.objects.get(pk=third).key is None
    assert find(SYSTEM, "13700137000") == []


def test_who_was_merged_by_somebody_stays_and_who_was_linked_by_the_file_is_parted(write, bring, cast):
    old = register(name="林晓", identifiers=())
    merged = bring(write("P1,林晓,", header=PEOPLE[0]), "customers")
    merge(a=old, b=by_external("import", "P1"))
    assert undo(import_id=merged.pk).read_taken_back().stayed == {"merged": 1}
    member = "客户编号,姓名,会员号"
    bring(write("Q1,孙悦,M7", header=member, name="a.csv"), "customers")
    again = bring(write("Q2,孙悦,M7", header=member, name="b.csv"), "customers")
    one, two = by_external("import", "Q1"), by_external("import", "Q2")
    assert Customer.objects.get(pk=two).person_id == one
    assert undo(import_id=again.pk).read_taken_back().customers == 1
    assert (Customer.objects.get(pk=two).erased_at is None, Customer.objects.get(pk=one).erased_at) == (False, None)
    assert list(differences()) == []


def test_a_customer_with_an_order_of_elsewhere_stays(write, bring, cast):
    task = bring(write(*ORDERS))
    postage = LineFacts(code="POST", quantity=1, total_fen=0, unit_price_fen=0, kind=LineKind.DELIVERY)
    facts = order("T1", postage, customer=by_external("import", "C2"))
    record_orders(facts=[facts])
    done = undo(import_id=task.pk).read_taken_back()
    assert (done.customers, done.stayed) == (1, {"visited": 1})


def test_an_order_of_which_goods_came_back_stays_with_its_customer(write, bring, cast):
    task = bring(write(*ORDERS))
    sold = OrderLine.objects.get(order__number="A1")
    back = LineFacts(code="K1", quantity=-1, total_fen=-29_900, unit_price_fen=29_900, returned_line=sold.pk)
    record_return(source="pos", number="R1", lines=[back], store=None, customer=sold.order.customer_id)
    done = undo(import_id=task.pk).read_taken_back()
    assert (done.orders, done.customers, done.stayed) == (3, 1, {"returned": 1, "visited": 1})
    assert sorted(Order.objects.values_list("number", "kind")) == [("A1", OrderKind.SALE), ("R1", OrderKind.RETURN)]


def test_broken_off_anywhere_it_goes_on_where_it_was(write, bring, cast, monkeypatch):
    monkeypatch.setattr(undoing, "STEP", 1)
    task = bring(write(*ORDERS))
    assert undo(import_id=task.pk, seconds=0).state == "undoing"
    assert left() == (3, 3, 2)
    turns = 0
    while work_once():
        turns += 1
    assert turns == 1
    done = Import.objects.get(pk=task.pk)
    assert (done.state, done.read_taken_back().orders, done.read_taken_back().customers) == ("undone", 4, 2)
    assert Entry.objects.filter(type="import.undone").count() == 1


def test_days_that_were_counted_are_counted_anew(write, bring, cast):
    task = bring(write(*ORDERS))
    TouchedDay.objects.all().delete()
    undo(import_id=task.pk)
    assert sorted({str(row.day) for row in TouchedDay.objects.all()}) == ["2026-03-01", "2026-03-02", "2026-03-03"]


def test_what_cannot_be_taken_back_is_refused_in_plain_words(write, bring, cast):
    staff = bring(write("E1,林晓,导购", header="工号,姓名,岗位", name="staff.csv"), "staff")
    assert not may_undo(staff)
    with pytest.raises(Refused, match="不能整批撤销"):
        request_undo(import_id=staff.pk)
    orders = bring(write(*ORDERS))
    assert may_undo(orders)
    Import.objects.filter(pk=orders.pk).update(state="running")
    with pytest.raises(Refused, match="先暂停"):
        request_undo(import_id=orders.pk)
