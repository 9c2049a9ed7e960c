"""Which character separates the cells."""

import csv
from collections import Counter

CANDIDATES = (",", ";", "\t", "|", "，")


def detect(lines: list[str]) -> str:
    """The candidate that cuts the sample into the same number of cells, two or more, most often; a comma in doubt."""

    def score(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        return (times / max(sum(widths.values()), 1) if width > 1 else 0.0, width)

    best = max(CANDIDATES, key=score)
    return best if score(best)[0] > 0 else ","
