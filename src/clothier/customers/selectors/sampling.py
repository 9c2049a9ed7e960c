"""Counting people without counting all: windows of ids spread evenly, the same every time, so that no number dances."""

EXACT_UP_TO = 50_000
WINDOWS, WIDTH = 40, 250
SAMPLED = WINDOWS * WIDTH


def stretches(top: int) -> list[range]:
    """The windows among the ids 1 to `top`."""
    step = top // WINDOWS
    starts = [window * step + (step - WIDTH) // 2 for window in range(WINDOWS)]
    return [range(start, start + WIDTH) for start in starts]
