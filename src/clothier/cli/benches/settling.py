"""A month of a chain's payments held against its provider's files, with a few differences among them."""

import time
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from clothier.cli.benches.measuring import Figure, recorded, replay, timed
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.payments.contracts import Method
from clothier.payments.history import METHODS, PastAttempts, PastPayments, PastRefunds, load_payments
from clothier.places.selectors import stores_for
from clothier.settlement.history import PastFile, load_files, past_moves
from clothier.settlement.selectors import their_date
from clothier.settlement.services import compare

DAYS = 30
# Before anything the shop itself has lived.
_AGO = timedelta(days=800)
_PROVIDER = "wechat"
_MICRO = 1_000_000


def settlement(load: int) -> list[Figure]:
    """So many payments of a month; one of a thousand is missing in its file, one of two thousand differs there."""
    first = their_date(clock.now() - _AGO)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    _pay(load, begin=int((clock.now() - _AGO).timestamp()) // 86_400 * 86_400 + 3_600)
    with transaction.atomic():
        rows = load_files(_file(day) for day in days)
    began = time.process_time()
    with recorded() as asked:
        wall = timed(lambda: compare(provider=_PROVIDER, first=days[0], last=days[-1]))
    spent = time.process_time() - began
    began = time.process_time()
    replay(asked)
    floor = time.process_time() - began
    again = timed(lambda: compare(provider=_PROVIDER, first=days[0], last=days[-1]))
    return [
        Figure("rows matched, by processor time", rows / spent, "rows/s", rows / floor),
        Figure("rows", rows, "rows"),
        Figure("all of them, by the clock", wall, "s"),
        Figure("all of them again, by the clock", again, "s"),
    ]


def _pay(load: int, *, begin: int) -> None:
    nth = np.arange(load)
    stores = np.array(list(stores_for(SYSTEM).order_by("pk").values_list("pk", flat=True)))
    amounts = 5_000 + nth * 37 % 200_000
    moments = begin + nth * DAYS // load * 86_400 + nth * 7_919 % 43_200
    ways = np.full(load, METHODS.index(Method.WECHAT))
    none = np.empty(0, dtype=np.int64)
    load_payments(
        PastPayments(
            subject_kind="bench",
            subjects=nth,
            stores=stores[nth % len(stores)],
            customers=nth,
            actors=nth,
            amounts=amounts,
            moments=moments,
            attempts=PastAttempts(nth, ways, amounts, [""] * load, moments),
            refunds=PastRefunds(none, none, none),
        )
    )


def _file(day: date) -> PastFile:
    moves, fees = past_moves(_PROVIDER, day)
    nth = np.arange(len(moves))
    amounts = np.where(nth % 2_000 == 11, moves.amounts - 100, moves.amounts)
    kept = np.flatnonzero(nth % 1_000 != 7)
    return PastFile(
        provider=_PROVIDER,
        date=day,
        references=[moves.references[n] for n in kept.tolist()],
        theirs=[f"42{n:026d}" for n in kept.tolist()],
        amounts=amounts[kept],
        fees=fees[kept],
        moments=moves.moments[kept] // _MICRO,
    )
