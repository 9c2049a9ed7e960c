"""How the demo's customers paid in the last five weeks: mostly by phone, now and then only at the second try."""

import numpy as np

from clothier.checkout.contracts import PastOrders, PastSums, PastTenders
from clothier.payments.contracts import Cause, Method
from clothier.payments.history import METHODS, PastAttempts, PastPayments, PastRefunds
from clothier.simulation.draws import Ints

DAYS = 35
# Shares of the ways to pay; from INSTALMENTS_FROM on some pay in parts.
_SHARES = {Method.WECHAT: 0.47, Method.ALIPAY: 0.31, Method.CARD: 0.11, Method.CASH: 0.11}
_INSTALMENTS_FROM, _INSTALMENTS = 60_000, 0.07
# So many first tries fail, so many pay with two methods.
_FAILS, _MIXED = 0.035, 0.02
_CAUSES = {
    Cause.NOT_CONFIRMED: 0.3,
    Cause.INSUFFICIENT: 0.26,
    Cause.CODE_EXPIRED: 0.2,
    Cause.DECLINED: 0.1,
    Cause.LIMIT: 0.08,
    Cause.PROVIDER: 0.06,
}


def payments(
    orders: PastOrders,
    sold: PastSums,
    back: PastOrders,
    returned: PastSums,
    by_points: Ints,
    *,
    now: int,
    rng: np.random.Generator,
) -> tuple[PastPayments, Ints]:
    """The payments of the orders of the last five weeks and what of them went back; by which return orders.

    Of each line points have paid `by_points`.
    """
    assert orders.customers is not None
    paid = np.flatnonzero((orders.moments >= now - DAYS * 86_400) & (sold.totals > 0))
    rest = sold.totals - np.bincount(orders.lines.order, by_points, len(sold.totals)).astype(np.int64)
    amounts, moments = rest[paid], orders.moments[paid]
    came_back = _came_back(orders, sold, back, paid)
    attempts, main = _attempts(rng, amounts, moments, returned_to=came_back)
    kept = came_back >= 0
    past = PastPayments(
        subject_kind="order",
        subjects=paid + sold.orders.start,
        stores=orders.stores[paid],
        customers=orders.customers[paid],
        actors=np.asarray(orders.actors)[paid],
        amounts=amounts,
        moments=moments - 60,
        attempts=attempts,
        refunds=PastRefunds(main[came_back[kept]], -returned.totals[kept], back.moments[kept]),
    )
    return past, np.flatnonzero(kept) + returned.orders.start


def tenders(past: PastPayments, ids: range, returns: Ints) -> PastTenders:
    """What the orders of these payments and the returns from them say they were paid with."""
    tries, back = past.attempts, past.refunds
    took = np.flatnonzero([not cause for cause in tries.causes])
    # The last that took something stands for a payment of several methods, as the larger part of it.
    method = np.zeros(len(ids), dtype=np.int64)
    method[tries.payment[took]] = tries.methods[took]
    paid_by = np.concatenate([np.arange(len(ids)), tries.payment[back.attempt]])
    methods = np.concatenate([method, tries.methods[back.attempt]])
    return PastTenders(
        orders=np.concatenate([past.subjects, returns]),
        payments=paid_by + ids.start,
        methods=[METHODS[n].value for n in methods.tolist()],
        fen=np.concatenate([past.amounts, -back.amounts]),
    )


def _came_back(orders: PastOrders, sold: PastSums, back: PastOrders, paid: Ints) -> Ints:
    """For each return the place of the payment it belongs to, -1 where that is older."""
    place = np.full(len(orders.numbers), -1, dtype=np.int64)
    place[paid] = np.arange(len(paid))
    lines = np.asarray(back.lines.returned, dtype=np.int64) - sold.lines.start
    found: Ints = place[orders.lines.order[lines]]
    return found


def _attempts(
    rng: np.random.Generator, amounts: Ints, moments: Ints, *, returned_to: Ints
) -> tuple[PastAttempts, Ints]:
    """Attempts by payment, and the place of each payment's last one, which returns go back to."""
    count = len(amounts)
    methods = _methods(rng, amounts)
    cash = METHODS.index(Method.CASH)
    fails = (rng.random(count) < _FAILS) & (methods != cash)
    mixed = (rng.random(count) < _MIXED) & (amounts > 10_000)
    mixed[returned_to[returned_to >= 0]] = False
    first = np.where(mixed, amounts // 2 // 1000 * 1000, 0)
    before = fails.astype(np.int64) + mixed
    payment = np.repeat(np.arange(count), before + 1)
    last = np.cumsum(before + 1) - 1
    told = np.full(len(payment), "", dtype=object)
    sums, ways, at = amounts[payment], methods[payment], moments[payment] - 20
    failed = last[fails] - before[fails]
    told[failed] = rng.choice([cause.value for cause in _CAUSES], len(failed), p=list(_CAUSES.values()))
    # A card shows no code that could expire: its bank declines.
    told[(told == Cause.CODE_EXPIRED) & (ways == METHODS.index(Method.CARD))] = Cause.DECLINED.value
    at[failed] -= 30
    by_cash = last[mixed] - 1
    sums[by_cash], ways[by_cash] = first[mixed], cash
    sums[last] = amounts - first
    return PastAttempts(payment, ways, sums, told.tolist(), at), last


def _methods(rng: np.random.Generator, amounts: Ints) -> Ints:
    ways = np.array([METHODS.index(method) for method in _SHARES])
    found: Ints = ways[rng.choice(len(ways), len(amounts), p=list(_SHARES.values()))]
    parts = (amounts >= _INSTALMENTS_FROM) & (rng.random(len(amounts)) < _INSTALMENTS)
    found[parts] = METHODS.index(Method.INSTALMENTS)
    return found
