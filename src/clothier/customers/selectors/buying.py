"""Buyers as the models of repeat purchase see them: one row a person, a million at a time; and what people spent."""

from collections.abc import Iterable
from datetime import datetime

from clothier.kernel import columns

# The currencies people bought in: each is a population of its own.
CURRENCIES = "SELECT DISTINCT currency FROM customers_profile WHERE live AND purchase_days > 0 ORDER BY currency"


def buyers_sql(*, currency: str, today: int, every: int = 1, after: int = 0, limit: int | None = None) -> str:
    """The buyers of a currency, or every so many-th of them, in the order of their numbers, for any database.

    Customer, repeat purchases, days from the first to the last and until today, repeat spend.
    `today` is the shop's day as date's ordinal; what it was told of a later day is nobody's past yet.
    """
    if not currency.isalpha():
        raise ValueError(f"{currency} is no currency")
    told = f"customer_id, purchase_days - 1, last_day - first_day, {today:d} - first_day, repeat_fen"
    bought = f"live AND purchase_days > 0 AND last_day <= {today:d} AND currency = '{currency}'"
    some = f" AND customer_id % {every:d} = 0" if every > 1 else ""
    few = f" AND customer_id > {after:d} ORDER BY customer_id LIMIT {limit:d}" if limit else " ORDER BY customer_id"
    return f"SELECT {told} FROM customers_profile WHERE {bought}{some}{few}"  # noqa: S608 - our own names


def spends(people: Iterable[int], *, since: datetime) -> list[tuple[int, datetime, int]]:
    """What people bought and brought back (negative) since a moment: person, when, fen."""
    whose, values = columns.among("c.person_id", people)
    told = f"SELECT c.person_id, {columns.instant('e.occurred_at')}, e.spend_fen"
    made = "FROM customers_customer c JOIN customers_encounter e ON e.customer_id = c.id"
    kinds = "e.kind IN ('purchase', 'return') AND e.occurred_at >= %s"
    rows = columns.read(f"{told} {made} WHERE {whose} AND {kinds}", [*values, columns.stamp(since)])
    return [(person, columns.moment(at), fen) for person, at, fen in rows]
