"""Counting people without counting all: windows of ids spread evenly, the same every time, so that no number dances."""

from django.db.models import Q

EXACT_UP_TO = 50_000
WINDOWS, WIDTH = 40, 250
SAMPLED = WINDOWS * WIDTH


def windows(column: str, top: int) -> Q:
    """Rows whose id stands in one of the windows of 1 to `top`."""
    step = top // WINDOWS
    inside = Q()
    for i in range(WINDOWS):
        start = i * step + (step - WIDTH) // 2
        inside |= Q(**{f"{column}__gte": start, f"{column}__lt": start + WIDTH})
    return inside
