"""Squares (QR codes) that phones read."""

import segno

# One of the eight patterns of ISO/IEC 18004 (7.8.2). Trying all, to find the one with the fewest blots, takes
# five times as long, and these squares are read from a bright screen or clean paper.
PATTERN = 4


def square(address: str, *, scale: int = 4) -> str:
    """As a picture for a page (a data address); `scale`: pixels a module. No micro square: few phones read those."""
    return segno.make(address, error="m", mask=PATTERN, micro=False).svg_data_uri(scale=scale, border=2)
