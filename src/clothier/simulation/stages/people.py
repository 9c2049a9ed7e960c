"""Then the customers: who they are, how they are reached, and where they joined."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from clothier.customers.contracts import Kind, NewCustomer, NewIdentifier
from clothier.customers.services import give_consents, note_facts, register_many
from clothier.simulation.chain import SHANGHAI
from clothier.simulation.crowd import Crowd
from clothier.simulation.tastes import Wardrobe, consents, facts

SOURCE = "import"
BATCH = 1_000


def register(people: Crowd, *, stores: Sequence[int], first_day: date, told: Callable[[int], None]) -> list[int]:
    """Everybody's id, in the crowd's order. Whoever is registered already stays as they are."""
    ids: dict[str, int] = {}
    for start in range(0, len(people), BATCH):
        rows = _rows(people, range(start, min(start + BATCH, len(people))), stores, first_day)
        # Nobody shares an identifier here, so looking for shared ones would only cost time.
        ids |= register_many(rows, source=SOURCE, resolve=False).ids
        told(min(start + BATCH, len(people)))
    return [ids[external_id(i)] for i in range(len(people))]


def know(
    people: Crowd,
    *,
    seed: int,
    customers: Sequence[int],
    wardrobe: Wardrobe,
    first: datetime,
    today: date,
    start: int,
    told: Callable[[int], None],
) -> None:
    """What they agreed to and what is known of them, from customer number `start` on, a batch to a transaction."""
    for begin in range(start, len(people), BATCH):
        chosen = range(begin, min(begin + BATCH, len(people)))
        with transaction.atomic():
            give_consents(consents(seed=seed, people=people, customers=customers, chosen=chosen, first=first))
            note_facts(
                facts(seed=seed, people=people, customers=customers, chosen=chosen, wardrobe=wardrobe, today=today)
            )
            told(chosen.stop)


def external_id(i: int) -> str:
    return f"demo-{i + 1:08d}"


def _rows(people: Crowd, chosen: range, stores: Sequence[int], first_day: date) -> Iterator[NewCustomer]:
    for i in chosen:
        phone = NewIdentifier(Kind.PHONE, people.phone(i), verified=True)
        member = NewIdentifier(Kind.MEMBER, people.member_number(i), verified=True)
        yield NewCustomer(
            name=people.names[i],
            external_id=external_id(i),
            identifiers=(phone, member),
            title="mr" if people.sex[i] else "ms",
            store=stores[people.store[i]],
            registered_at=_joined(people, i, first_day),
        )


def _joined(people: Crowd, i: int, first_day: date) -> datetime:
    """Some time in the opening hours of the day they joined."""
    day = first_day + timedelta(days=int(people.joined[i]))
    return datetime.combine(day, time(10 + i % 11, i * 7 % 60), SHANGHAI)
