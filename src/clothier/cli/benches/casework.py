"""What an agent waits for with very many cases: the list, one case, and the month's report."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import numpy as np
from django.db import transaction
from django.utils import timezone

from clothier.cases import services
from clothier.cases.history import TABLES, PastCases, load_cases
from clothier.cases.selectors import case_for, cases_for, month_report, open_matters
from clothier.cli.benches.measuring import Figure, percentiles
from clothier.eventlog.history import TABLES as ENTRIES
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM, Role, Viewer
from clothier.kernel.columns import NEVER, Ints
from clothier.kernel.filling import take_stock
from clothier.places.selectors import stores_for
from clothier.simulation.services import indexes_last

AT_ONCE, OPEN, YEARS = 50_000, 50, 2
_DAY = 86_400
_KINDS = ("complaint", "return", "exchange", "repair", "care", "inquiry")
_TOPICS = ("product", "product", "service", "logistics", "price", "environment")


def cases(wanted: int) -> list[Figure]:
    """Of two years; one in fifty is open. Asked as head office, as an agent of one store and as a manager of ten."""
    _fill(wanted)
    stores = list(stores_for(SYSTEM).order_by("pk").values_list("pk", flat=True))
    one, ten = frozenset(stores[:1]), frozenset(stores[:10])
    agent = Viewer(user=None, employee=1, role=Role.AGENT, stores=one)
    manager = Viewer(user=None, employee=2, role=Role.MANAGER, stores=ten)
    last = cases_for(SYSTEM, states=(), limit=1).cases[0].id
    numbers = count()
    month = timezone.localdate(clock.now()).replace(day=1)
    before = (month.replace(day=15) - timedelta(days=60)).replace(day=1)
    return [
        *percentiles("open cases, head office", lambda: cases_for(SYSTEM)),
        *percentiles("open cases, agent of one store", lambda: cases_for(agent)),
        *percentiles("open cases, manager of ten stores", lambda: cases_for(manager)),
        *percentiles("all cases, one store, far back", lambda: cases_for(agent, states=(), before=last // 3)),
        *percentiles(
            "all complaints that are closed", lambda: cases_for(SYSTEM, states=["closed"], kinds=["complaint"])
        ),
        *percentiles("a case with all that belongs to it", lambda: case_for(SYSTEM, last - next(numbers) * 997 % last)),
        *percentiles("what is open with a customer", lambda: open_matters([next(numbers) % 1_000 + 1])),
        *percentiles("a case opened", lambda: _opened(stores[0])),
        *percentiles("report of a month, the chain", lambda: month_report(SYSTEM, before), rounds=5),
        *percentiles("report of a month, one store", lambda: month_report(SYSTEM, before, store=stores[0]), rounds=5),
    ]


def _opened(store: int) -> int:
    return services.open_case(
        kind="complaint", topic="product", severity="minor", text="洗一次就起球", origin="chat", store=store, owner=1
    ).pk


def _fill(wanted: int) -> None:
    """As many cases as wanted, once; their indexes come back after them. Killed, it goes on where it was."""
    there = cases_for(SYSTEM, states=(), limit=1).cases
    have = there[0].id if there else 0
    if have >= wanted * 9 // 10:
        return
    stores = np.array(list(stores_for(SYSTEM).order_by("pk").values_list("pk", flat=True)))
    with indexes_last((*ENTRIES, *TABLES)):
        for past in _pasts(wanted - have, stores):
            with transaction.atomic():
                load_cases(past)
    take_stock()


def _pasts(wanted: int, stores: Ints) -> Iterator[PastCases]:
    rng, now = np.random.default_rng(1), int(clock.now().timestamp())
    moments = np.sort(rng.integers(now - YEARS * 365 * _DAY, now - 60 * _DAY, wanted))
    for first in range(0, wanted, AT_ONCE):
        yield _past(rng, stores, moments[first : first + AT_ONCE])


def _past(rng: np.random.Generator, stores: Ints, opened: Ints) -> PastCases:
    n = len(opened)
    kinds, topics = rng.integers(0, len(_KINDS), n), rng.integers(0, len(_TOPICS), n)
    going = rng.integers(0, OPEN, n) == 0
    offered, confirmed, closed = (np.where(going, NEVER, opened + days * _DAY) for days in (1, 3, 4))
    rated = ~going & (rng.random(n) < 0.4)
    return PastCases(
        kinds=[_KINDS[kind] for kind in kinds.tolist()], topics=[_TOPICS[topic] for topic in topics.tolist()],
        severities=[("minor", "moderate", "serious")[nth % 20 // 9] for nth in range(n)], origins=["chat"] * n,
        causes=["pilling" if nth % 3 == 0 else "" for nth in range(n)], stores=stores[rng.integers(0, len(stores), n)],
        customers=rng.integers(1, 1_000_000, n).tolist(), owners=rng.integers(1, 200, n).tolist(),
        styles=rng.integers(1, 600, n), texts=["毛衣洗一次就起球了，能换吗？"] * n,
        replies=["抱歉，请带到店里看一下。"] * n,
        solutions=["为您换一件新的。"] * n, opened=opened, answered=opened + 3_600, offered=offered,
        done=np.where(going, NEVER, opened + 2 * _DAY), confirmed=confirmed, closed=closed,
        scores=np.where(rated, rng.integers(1, 6, n), 0),
    )  # fmt: skip
