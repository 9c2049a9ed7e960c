"""Batches of lines on their way into the database: a transaction for each kind in each batch."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import IntegrityError
from django.utils.translation import gettext as _

from clothier.api.keys import Caller
from clothier.api.v1.known import Known
from clothier.api.v1.lines import ArrivalLine, BadLine, OrderLine, ZoneLine, read
from clothier.api.v1.orders import line_facts
from clothier.checkout.contracts import OrderFacts, OrderKind
from clothier.checkout.services import record_orders
from clothier.eventlog.selectors import subjects_by_key
from clothier.kernel import clock
from clothier.visits.events import VisitArrived
from clothier.visits.selectors import visits_for
from clothier.visits.services.bulk import Arrival, Told, arrive_all
from clothier.visits.services.stays import ZoneStay, stay_all

# What a transaction costs once is shared by more; a tap that comes meanwhile waits a quarter of a second at worst.
BATCH = 2000
F = TypeVar("F")
Numbered = list[tuple[int, F]]


class Ingestion:
    """Counts what it takes. A batch is durable when `take` or `flush` returns."""

    def __init__(self, who: Caller) -> None:
        self.who = who
        self.accepted = self.repeated = 0
        self.refusals: list[tuple[int, str]] = []
        self._waiting: list[tuple[int, ArrivalLine | ZoneLine | OrderLine]] = []
        self._known = Known(who.viewer)

    def take(self, number: int, line: bytes) -> None:
        try:
            fact = read(line)
            if fact.store not in self._known.stores:
                raise BadLine(_("没有这个门店：%(code)s") % {"code": fact.store})
        except BadLine as error:
            self.refusals.append((number, str(error)))
            return
        self._waiting.append((number, fact))
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._known.learn(fact for _n, fact in waiting if not isinstance(fact, ZoneLine))
        # Arrivals first: a stay of the same batch may name the arrival by its key.
        self._arrivals([(n, fact) for n, fact in waiting if isinstance(fact, ArrivalLine)])
        self._stays([(n, fact) for n, fact in waiting if isinstance(fact, ZoneLine)])
        self._orders([(n, fact) for n, fact in waiting if isinstance(fact, OrderLine)])

    def _arrivals(self, lines: "Numbered[ArrivalLine]") -> None:
        facts: Numbered[Arrival] = []
        for number, line in lines:
            try:
                customer = self._known.customer(line)
            except BadLine as error:
                self.refusals.append((number, str(error)))
                continue
            store = self._known.stores[line.store]
            arrival = Arrival(store, line.via, self._key(line.key), customer, line.party_size, line.at)
            facts.append((number, arrival))
        self._tell(facts, lambda batch: arrive_all(arrivals=batch))

    def _stays(self, lines: "Numbered[ZoneLine]") -> None:
        by_key = subjects_by_key((self._key(line.visit_key) for _n, line in lines if line.visit_key), VisitArrived)
        named = {n: line.visit or by_key.get(self._key(line.visit_key or "")) or 0 for n, line in lines}
        reachable = dict(visits_for(self.who.viewer).filter(pk__in=set(named.values())).values_list("pk", "store_id"))
        facts: Numbered[ZoneStay] = []
        for number, line in lines:
            store, visit = self._known.stores[line.store], named[number]
            zone = self._known.zone(store, line.zone)
            if reachable.get(visit) != store or zone is None:
                self.refusals.append((number, _("没有这次到店，或门店里没有这个区位")))
            else:
                facts.append((number, ZoneStay(visit, zone, line.dwell_seconds, self._key(line.key), line.at)))
        self._tell(facts, lambda batch: stay_all(stays=batch))

    def _orders(self, lines: "Numbered[OrderLine]") -> None:
        facts: Numbered[OrderFacts] = []
        for number, line in lines:
            try:
                facts.append((number, self._order(line, self._known.customer(line))))
            except BadLine as error:
                self.refusals.append((number, str(error)))
        self._record(facts)

    def _record(self, facts: "Numbered[OrderFacts]") -> None:
        if not facts:
            return
        outcome = record_orders(facts=[fact for _n, fact in facts])
        self.accepted += len(outcome.recorded)
        self.repeated += len(outcome.already)
        # By identity: the same key may stand in several lines.
        numbers = {id(fact): number for number, fact in facts}
        for contradiction in outcome.contradictions:
            self.refusals.append((numbers[id(contradiction.facts)], _("单号已有记录，且内容不同")))

    def _order(self, line: OrderLine, customer: int | None) -> OrderFacts:
        return OrderFacts(
            source=f"api:{self.who.key}",
            number=line.key,
            kind=OrderKind.SALE if line.type == "sale" else OrderKind.RETURN,
            occurred_at=line.at or clock.now(),
            lines=line_facts(line.lines, self._known.skus),
            store=self._known.stores[line.store],
            customer=customer,
            currency=line.currency,
            moves_stock=True,
        )

    def _tell(self, facts: "Numbered[F]", verb: Callable[[list[F]], list[Told]]) -> None:
        if not facts:
            return
        numbers, batch = zip(*facts, strict=True)
        for number, told in zip(numbers, _twice(verb, list(batch)), strict=True):
            if told.refused:
                self.refusals.append((number, told.refused))
            elif told.repeated:
                self.repeated += 1
            else:
                self.accepted += 1

    def _key(self, key: str) -> str:
        return f"api:{self.who.key}:{key}"


def _twice(verb: Callable[[list[F]], list[Told]], batch: list[F]) -> Iterable[Told]:
    """Two machines may tell the same at the same moment; the second look then finds what the first recorded."""
    try:
        return verb(batch)
    except IntegrityError:
        return verb(batch)
