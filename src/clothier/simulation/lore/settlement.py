"""How the demo's last weeks were settled: closed every evening, mostly in agreement, now and then not."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from clothier.settlement.history import PastFile, past_moves
from clothier.simulation.draws import stream

PROVIDERS = ("wechat", "alipay")
# What people had done about the differences of the weeks before: reason, and in whose words.
DECIDED = (
    ("claimed", "已在商户平台提交差错申诉，渠道确认后补账"),
    ("accepted", "核对小票和监控，金额以渠道为准"),
    ("booked", "收银员漏记，已按渠道单号补记"),
    ("refunded", "顾客重复付款，已原路退回"),
)
# So many files have one row that is left out, has another amount, or stands there twice.
_ODD = 0.4
_MICRO = 1_000_000


def files(*, first: date, last: date, seed: int) -> Iterator[PastFile]:
    """The providers' files of these dates, made from what was paid; Alipay's of the last date is not here yet."""
    for nth in range((last - first).days + 1):
        day = first + timedelta(days=nth)
        for provider in PROVIDERS:
            if day < last or provider != PROVIDERS[-1]:
                yield _file(provider, day, stream(seed, "statement", provider, day.toordinal()))


def _file(provider: str, day: date, drawn: np.random.Generator) -> PastFile:
    moves, fees = past_moves(provider, day)
    count = len(moves)
    place, kind = (int(drawn.integers(0, max(count, 1))), int(drawn.integers(0, 3)))
    odd = (np.arange(count) == place) & (drawn.random() < _ODD)
    less = odd & (kind == 1)
    amounts, fees = (np.where(less, told * 9 // 10, told) for told in (moves.amounts, fees))
    rows = np.concatenate([np.flatnonzero(~odd | (kind != 0)), np.flatnonzero(odd & (kind == 2))])
    return PastFile(
        provider=provider,
        date=day,
        references=[moves.references[row] for row in rows.tolist()],
        theirs=[f"42{moves.references[row][-14:]:>026}" for row in rows.tolist()],
        amounts=amounts[rows],
        fees=fees[rows],
        moments=moves.moments[rows] // _MICRO,
    )
