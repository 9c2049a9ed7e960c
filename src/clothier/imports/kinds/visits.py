"""Visits of the past, from a counter, another system or a sheet of paper typed in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clothier.imports.contracts import CellRefused, Column, Counts, Kind, Plainly, Plan, Row, gettext_noop
from clothier.imports.kinds.base import Context, Fate, Unit
from clothier.imports.kinds.people import Customers
from clothier.imports.kinds.places import Stores
from clothier.imports.kinds.single import SingleRows
from clothier.imports.models import Mark
from clothier.imports.rules import values
from clothier.kernel import clock
from clothier.visits.contracts import PastVisit
from clothier.visits.services import record_past

COLUMNS = (
    Column("number", gettext_noop("到店编号"), False, ("visit id", "visit no", "流水号", "编号")),
    Column("store", gettext_noop("门店"), False, ("store code", "shop", "门店编码", "店铺")),
    Column("arrived_at", gettext_noop("到店时间"), True, (
        "arrived", "arrival", "date", "time", "进店时间", "时间", "日期",
    )),
    Column("left_at", gettext_noop("离店时间"), False, ("left", "departure", "出店时间")),
    Column("customer", gettext_noop("顾客编号"), False, (
        "CustomerID", "customer", "customer no", "member no", "会员号", "客户编号", "会员编号",
    )),
    Column("party_size", gettext_noop("人数"), False, ("people", "visitors", "count", "客流")),
    Column("outcome", gettext_noop("是否购买"), False, (
        "bought", "purchase", "purchased", "outcome", "成交", "结果", "购买",
    )),
)  # fmt: skip

# A visit whose end nobody wrote down is taken to have lasted as long as most do.
USUAL = timedelta(minutes=15)
_YES = {"bought", "yes", "y", "true", "1", "是", "购买", "已购买", "成交", "已成交", "买"}


@dataclass(frozen=True, slots=True)
class Told:
    """A visit as a row tells it: the customer still by the file's number, and what the row is known by."""

    visit: PastVisit
    customer: str
    mark: str


class VisitRows(SingleRows[Told]):
    kind = Kind.VISITS
    columns = COLUMNS

    def __init__(self, plan: Plan, context: Context) -> None:
        super().__init__(plan, context)
        self._source = plan.options.get("source") or "import"
        self._stores = Stores(plan.options.get("store", ""))
        self._customers = Customers(self._source, batch=context.batch)

    def read(self, row: Row) -> Told:
        store = self._stores.id_of(row.cells[self.at("store")])
        if store is None:
            raise CellRefused(gettext_noop("没有门店"))
        arrived = self._moment(row, "arrived_at")
        left = self._moment(row, "left_at") if row.cells[self.at("left_at")].strip() else arrived + USUAL
        if left < arrived:
            raise CellRefused(gettext_noop("离店早于到店"))
        party = row.cells[self.at("party_size")]
        size = values.quantity(party) if party.strip() else 1
        if not 1 <= size <= 50:
            raise CellRefused(gettext_noop("人数应在 1 到 50 之间"))
        bought = self.text(row, "outcome").lower() in _YES
        customer = values.code(row.cells[self.at("customer")])
        visit = PastVisit(store, arrived, left, "bought" if bought else "left", party_size=size)
        return Told(visit, customer, self._mark(row, visit, customer))

    def save(self, units: Sequence[Unit[Told]], counts: Counts) -> list[Fate | Plainly]:
        """Rows told before, by number or, without one, by their content, stay out: two equal rows are one visit."""
        told = {unit.facts.mark: unit.facts for unit in units}
        known = set(Mark.objects.filter(mark__in=told).values_list("mark", flat=True))
        fresh = {mark: facts for mark, facts in told.items() if mark not in known}
        people = self._customers.ids({(x.customer, x.visit.arrived_at) for x in fresh.values() if x.customer})
        visits = [replace(x.visit, customer_id=people.get(x.customer)) for x in fresh.values()]
        Mark.objects.bulk_create(Mark(mark=mark) for mark in fresh)
        record_past(visits=visits, actor=self.context.actor)
        counts.remark("visits", len(visits))
        return [Fate.IMPORTED if fresh.pop(unit.facts.mark, None) else Fate.ALREADY for unit in units]

    def forget(self) -> None:
        self._customers.forget()

    def _moment(self, row: Row, column: str) -> datetime:
        moment = values.moment(row.cells[self.at(column)], order=self.date_order, zone=self.zone)
        return values.believable(moment, now=clock.now())

    def _mark(self, row: Row, visit: PastVisit, customer: str) -> str:
        number = values.code(row.cells[self.at("number")])
        stay = f"{visit.store_id}|{visit.arrived_at}|{visit.left_at}"
        what = number or f"{stay}|{visit.outcome}|{visit.party_size}|{customer}"
        text = f"visits|{self._source}|{bool(number)}|{what}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
