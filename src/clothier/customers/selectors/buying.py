"""Buyers as the models of repeat purchase see them: one row a person, a million at a time."""

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
