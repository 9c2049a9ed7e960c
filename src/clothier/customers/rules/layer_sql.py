"""A value layer as an expression over the profile's columns: what `layers.place` says of one, said of everybody.

`place` stays for the one who has just bought: a sale cannot wait for a statement more.
"""

from datetime import datetime, timedelta

from clothier.customers.rules.layers import Ladder, Limits, Step

_DAY = timedelta(days=1)
# The profile's columns in the order of MEASURES; days are counted since the last two.
_COLUMNS = (
    "window_spend_fen", "window_orders", "window_margin_fen", "orders", "last_purchase_at", "first_purchase_at",
)  # fmt: skip


def layer_sql(ladder: Ladder, now: datetime) -> str:
    """The layer at `now` as an expression over the profile's columns, for any database that knows SQL.

    Nothing is worked out with moments, which every database does in its own way: they are held against moments.
    """
    steps = " ".join(f"WHEN {_holds(step, now)} THEN '{step.key}'" for step in ladder.steps)
    return f"CASE {steps} ELSE '' END" if steps else "''"


def _holds(step: Step, now: datetime) -> str:
    return " AND ".join([*_bounds(step.least, ">=", now), *_bounds(step.most, "<=", now)]) or "1 = 1"


def _bounds(limits: Limits, sign: str, now: datetime) -> list[str]:
    return [
        f"{_COLUMNS[measure]} {sign} {bound}" if measure < 4 else f"{_COLUMNS[measure]} {_ago(sign, bound, now)}"
        for measure, bound in limits
    ]


def _ago(sign: str, days: int, now: datetime) -> str:
    """At least so many whole days have passed since a moment, or no more than so many: not yet the next one."""
    at_least = sign == ">="
    moment = now - (days if at_least else days + 1) * _DAY
    return f"{'<=' if at_least else '>'} '{moment.replace(tzinfo=None).isoformat(' ')}'"
