"""What holds for a whole file: currency, time zone, order of dates. Guessed from a sample, confirmed by a person."""

from collections.abc import Mapping, Sequence

from clothier.imports.contracts import Row
from clothier.imports.rules import regions, values


def guess_options(columns: Mapping[str, int], sample: Sequence[Row]) -> dict[str, str]:
    """The options this file seems to want; what the sample says nothing about is left to the defaults."""

    def cells(column: str) -> list[str]:
        at = columns.get(column)
        return [] if at is None else [row.cells[at] for row in sample if at < len(row.cells) and row.cells[at]]

    found: dict[str, str] = {}
    for column in ("occurred_at", "registered_at", "hired_on", "listed_on"):
        if dates := cells(column):
            order, certain = values.date_order(dates)
            found["date_order"] = order
            if not certain:
                found["date_order_unsure"] = "1"
            break
    if region := regions.by_country(cells("country")):
        found["currency"], found["zone"] = region
    if symbol := regions.by_symbol(cells("unit_price") + cells("total") + cells("price")):
        found["currency"] = symbol
    return found
