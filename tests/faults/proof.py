"""Run inside the shop when all is quiet: is everything acknowledged there, once, with each of its effects?

Reads the ledger as JSON and prints what is wrong, a sentence each; the doctor's findings are among them. Instead of the
ledger it may be told to "settle" first, or to ask the "doctor" alone.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

# Of the machine, not of the data: the disk is small on purpose, and nobody works any more.
NOT_ASKED = {"settings", "disk", "workers"}
ROUNDS = 100


def settle() -> None:
    """What killed workers had claimed comes back when its lease has run out, what was not taken after its pause: all
    of it later by the clock, now by ours.
    """
    from clothier.api.models import Posting
    from clothier.api.services import Reader, post_due
    from clothier.eventlog.deliveries import run_due
    from clothier.eventlog.models import Delivery
    from clothier.kernel import clock
    from clothier.standards.services import sweep

    reader = Reader()
    with clock.simulated(clock.now() + timedelta(minutes=2)) as later:
        for _ in range(ROUNDS):
            # What a killed worker had claimed comes back one at a time, and there may be thousands.
            while any([run_due(), sweep(), reader.read(), post_due()]):
                pass
            if not Delivery.objects.exists() and not Posting.objects.filter(state="waiting").exists():
                return
            later.advance(300)


def prove(ledger: dict[str, Any]) -> Iterator[str]:
    yield from _left()
    yield from _facts(ledger["facts"], ledger["types"])
    yield from _sales(ledger["sales"])
    yield from _figures(ledger["counts"])
    yield from _money(ledger["counts"])
    yield from _promises()
    yield from _postings(ledger["heard"])
    yield from _doctor()


def _left() -> Iterator[str]:
    """Effects still to come would be missed below; these are why."""
    from clothier.eventlog.models import Delivery

    for delivery in Delivery.objects.order_by("id")[:5]:
        yield f"left to do: {delivery.handler}, {delivery.state} after {delivery.attempts} attempts: {delivery.error}"


def _facts(facts: dict[str, str], types: dict[str, int]) -> Iterator[str]:
    """Every acknowledged fact is one entry of its type, and there is no entry that nobody told."""
    from django.db.models import Count

    from clothier.eventlog.models import Entry

    there = dict(Entry.objects.filter(key__isnull=False).values_list("key", "type"))
    for key, type_ in facts.items():
        if there.get(key) != type_:
            yield f"{key}: acknowledged as {type_}, in the log as {there.get(key)}"
    found = dict(Entry.objects.filter(type__in=types).values_list("type").annotate(Count("id")))
    for type_, number in types.items():
        if found.get(type_, 0) != number:
            yield f"{type_}: {number} acknowledged, {found.get(type_, 0)} in the log"


def _sales(sales: dict[str, int]) -> Iterator[str]:
    from clothier.checkout.models import Order
    from clothier.eventlog.models import Entry

    there = Counter(Order.objects.values_list("number", flat=True))
    sums = dict(Order.objects.values_list("number", "total_fen"))
    told = Counter(Entry.objects.filter(type="sale.recorded").values_list("subject_id", flat=True))
    for number, fen in sales.items():
        if there[number] != 1 or sums[number] != fen:
            yield f"sale {number}: acknowledged with {fen} fen, {there[number]} orders, {sums.get(number)} fen"
    if len(there) != len(sales) or set(told.values()) - {1} or len(told) != len(sales):
        yield f"{len(sales)} sales acknowledged, {len(there)} orders, {sum(told.values())} events of {len(told)}"


def _figures(counts: dict[str, dict[str, int]]) -> Iterator[str]:
    """Each handler's effect once: what customers' profiles and the stock say is what happened."""
    from clothier.catalog.models import Stock
    from clothier.customers.models import Note, Profile
    from tests.faults.prepare import STOCK

    for column in ("visits", "orders", "spend_fen", "fittings"):
        expected = counts.get(column, {})
        for customer, found in Profile.objects.values_list("customer_id", column):
            if found != expected.get(str(customer), 0):
                yield f"customer {customer}: {column} {found}, not {expected.get(str(customer), 0)}"
    notes = Counter(str(customer) for customer in Note.objects.values_list("customer_id", flat=True))
    if notes != counts.get("notes", {}):
        yield f"notes: {dict(notes - Counter(counts.get('notes', {})))} too many or too few"
    for store, sku, left in Stock.objects.values_list("store_id", "sku_id", "quantity"):
        sold = counts.get("sold", {}).get(f"{store}:{sku}", 0)
        if left != STOCK - sold:
            yield f"stock {store}:{sku}: {STOCK - left} gone, {sold} sold"


def _money(counts: dict[str, dict[str, int]]) -> Iterator[str]:
    """No payment took its money twice or has no order; drawers hold what was paid, members' points what was spent."""
    from clothier.checkout.models import Tender
    from clothier.loyalty.models import Entry
    from clothier.payments.models import Attempt, Payment
    from clothier.settlement.models import TillSession
    from clothier.settlement.selectors.drawers import expected_in
    from tests.faults.prepare import FLOAT

    took = Counter(Attempt.objects.filter(state="captured").values_list("payment_id", flat=True))
    owed = Counter(Tender.objects.filter(payment_id__isnull=False).values_list("payment_id", "fen"))
    for pk, amount, captured in Payment.objects.exclude(state="cancelled").values_list(
        "pk", "amount_fen", "captured_fen"
    ):
        if captured and (took[pk], captured, owed[pk, amount]) != (1, amount, 1):
            yield f"payment {pk}: {took[pk]} times captured, {captured} of {amount} fen, {owed[pk, amount]} orders"
    drawers: Counter[str] = Counter()
    for session in TillSession.objects.select_related("till"):
        drawers[str(session.till.store_id)] += expected_in(session) - FLOAT
    if drawers != Counter(counts.get("cash", {})):
        yield f"drawers: {dict(drawers)} fen taken, {counts.get('cash')} acknowledged"
    spent: Counter[str] = Counter()
    for customer, points in Entry.objects.filter(kind="spend").values_list("customer_id", "points"):
        spent[str(customer)] -= points
    if spent != Counter({who: points for who, points in counts.get("points", {}).items() if points}):
        yield f"points: {dict(spent)} spent, {counts.get('points')} acknowledged"


def _promises() -> Iterator[str]:
    """Every visit was promised its greeting once; what broke broke once, and was told once."""
    from clothier.eventlog.models import Entry
    from clothier.standards.models import Promise, Timer
    from clothier.visits.models import Visit

    greetings = Counter(Promise.objects.filter(key="greet").values_list("subject_id", flat=True))
    visits = set(Visit.objects.values_list("pk", flat=True))
    if greetings.keys() != visits or set(greetings.values()) - {1}:
        yield f"{len(visits)} visits, {sum(greetings.values())} greetings promised for {len(greetings)} of them"
    told = Counter(Entry.objects.filter(type="promise.broken").values_list("subject_id", flat=True))
    broken = Counter(Timer.objects.filter(step=0).values_list("promise_id", flat=True))
    if told != broken:
        yield f"breaches told otherwise than they fired: promises {sorted((told - broken) | (broken - told))[:9]}"
    rungs = set(Timer.objects.filter(step__gt=0).values_list("promise_id", "cycle", "step"))
    escalated = Counter(
        (entry.subject_id, entry.payload.get("cycle", 1), entry.payload["step"], entry.payload["role"])
        for entry in Entry.objects.filter(type="promise.escalated")
    )
    if set(escalated.values()) - {1} or {each[:3] for each in escalated} - rungs:
        yield "a rung of a ladder was told twice, or told and not kept"


def _postings(heard: dict[str, int]) -> Iterator[str]:
    """The other system heard of everything it wanted to hear; none is still owed."""
    from clothier.api.models import Posting
    from clothier.eventlog.models import Entry

    wanted = set(Entry.objects.filter(type__in=["visit.arrived", "sale.recorded"]).values_list("pk", flat=True))
    deaf = wanted - {int(entry) for entry in heard}
    if deaf:
        yield f"{len(deaf)} of {len(wanted)} events were never posted, such as {sorted(deaf)[:5]}"
    states = Counter(Posting.objects.values_list("state", flat=True))
    if states != {"sent": len(wanted)}:
        yield f"{len(wanted)} events to post, postings {dict(states)}"


def _doctor() -> Iterator[str]:
    from clothier.cli.examination import examine

    for finding in examine():
        if not finding.ok and finding.name not in NOT_ASKED:
            yield f"doctor: {finding.name}: {finding.detail}"


if __name__ == "__main__":
    django.setup()
    told = json.load(sys.stdin)
    if told == "settle":
        settle()
    found = _doctor() if told == "doctor" else prove(told) if isinstance(told, dict) else ()
    print(json.dumps(list(found), ensure_ascii=False))
