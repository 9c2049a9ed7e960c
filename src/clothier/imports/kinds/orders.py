"""Order histories: one line a row, neighbouring rows of one number an order."""

from collections.abc import Iterator, Mapping, Sequence

from clothier.catalog.selectors import sku_ids
from clothier.checkout.contracts import LineKind, OrderFacts
from clothier.checkout.services import record_orders
from clothier.imports.contracts import Column, Counts, Kind, Plainly, Plan, Row, gettext_noop
from clothier.imports.kinds.base import Context, Fate, Loader, Sums, Unit
from clothier.imports.kinds.order_columns import COLUMNS
from clothier.imports.kinds.order_rows import Draft, OrderRows
from clothier.imports.kinds.order_tables import OrderTable
from clothier.imports.kinds.people import Customers
from clothier.imports.rules import values

REMEMBERED = 200_000


class Orders(Loader[Draft]):
    kind = Kind.ORDERS
    columns = COLUMNS
    sorts = ("sale", "return", "cancellation")

    def __init__(self, plan: Plan, context: Context) -> None:
        super().__init__(plan, context)
        self._source = plan.options.get("source") or "import"
        self._rows = OrderRows(plan, context.width, zone=self.zone, date_order=self.date_order)
        self._customers = Customers(self._source, batch=context.batch)
        self._skus: dict[str, int | None] = {}

    @classmethod
    def lacking(cls, columns: Mapping[str, int]) -> list[Column]:
        priced = "unit_price" in columns or "total" in columns
        return super().lacking(columns) + ([] if priced else [next(c for c in COLUMNS if c.name == "unit_price")])

    def key(self, row: Row) -> str:
        return row.cells[self._rows.number]

    def prepare(self, rows: Sequence[Row]) -> None:
        """Which of the codes are SKUs of the catalogue; orders of goods it does not know are kept by their code."""
        if len(self._skus) > REMEMBERED:
            self._skus.clear()
        new = {values.code(text) for text in {row.cells[self._rows.goods_at] for row in rows}} - self._skus.keys()
        self._skus |= dict.fromkeys(new) | sku_ids(sorted(new))

    def units(self, groups: Sequence[list[Row]]) -> Iterator[Unit[Draft] | None]:
        return OrderTable(self._rows, groups, self._skus).units()

    def convert(self, rows: list[Row]) -> Draft:
        return self._rows.draft(rows, self._skus)

    def sums(self, rows: list[Row]) -> Sums:
        return self._rows.sums(rows)

    def save(self, units: Sequence[Unit[Draft]], counts: Counts) -> list[Fate | Plainly]:
        people = self._customers.ids(
            {(unit.facts.head.customer, unit.facts.head.at) for unit in units if unit.facts.head.customer}
        )
        facts = [self._facts(unit.facts, people) for unit in units]
        outcome = record_orders(facts=facts)
        already = {id(known) for known in outcome.already}
        contradicting = {id(contradiction.facts) for contradiction in outcome.contradictions}
        fates: list[Fate | Plainly] = []
        imported: list[Unit[Draft]] = []
        for unit, told in zip(units, facts, strict=True):
            if id(told) in contradicting:
                fates.append(Plainly(gettext_noop("单号 %(number)s 已有记录，且内容不同"), number=told.number))
            elif id(told) in already:
                fates.append(Fate.ALREADY)
            else:
                fates.append(Fate.IMPORTED)
                imported.append(unit)
        _remark(imported, counts)
        return fates

    def forget(self) -> None:
        self._customers.forget()

    def _facts(self, draft: Draft, people: dict[str, int]) -> OrderFacts:
        head = draft.head
        return OrderFacts(
            source=self._source,
            number=head.number,
            kind=draft.kind,
            occurred_at=head.at,
            lines=draft.lines,
            store=head.store,
            customer=people[head.customer] if head.customer else None,
            currency=head.currency,
            actor=head.seller,
            batch=self.context.batch,
        )


def _remark(imported: Sequence[Unit[Draft]], counts: Counts) -> None:
    drafts = [unit.facts for unit in imported]
    lines = [line for draft in drafts for line in draft.lines]
    for draft in drafts:
        for sort, micros in draft.rounding:
            counts.tally(sort, "rounding", 1, micros)
    counts.remark("orders", len(drafts))
    counts.remark("other_lines", sum(line.kind is not LineKind.GOODS for line in lines))
    counts.remark("free_lines", sum(not line.unit_price_fen for line in lines))
    counts.remark("repeated_lines", len(lines) - sum(len(set(draft.lines)) for draft in drafts))
