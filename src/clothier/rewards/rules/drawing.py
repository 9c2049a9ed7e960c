"""The draw of a blind box: fair, and anybody can check that it was.

Before a box opens a random seed is drawn and its SHA-256 is published; the seed itself is published when the box has
closed. The ticket of draw number n of box b, in which the customer picked the closed box c, is

    int(HMAC-SHA-256(key=seed, message="b/n/c").hexdigest()[:12], 16) % 10000

and the published odds say which prize each of the 10 000 tickets wins, in the order of the list. The house can neither
change the seed afterwards (its hash is known), nor skip a draw (the numbers have no gaps), nor know the ticket before
the customer has picked. 2⁴⁸ is no multiple of 10 000: some tickets are likelier than others by 4 in 10¹¹.
"""

import hashlib
import hmac
from collections.abc import Sequence
from itertools import accumulate

TICKETS = 10_000


def commitment(seed: str) -> str:
    """What is published before: SHA-256 of the seed as it will be written, in hex."""
    return hashlib.sha256(seed.encode()).hexdigest()


def ticket(seed: str, *, box: str, nth: int, choice: int) -> int:
    """0 to 9999; see above."""
    found = hmac.new(seed.encode(), f"{box}/{nth}/{choice}".encode(), hashlib.sha256).hexdigest()
    return int(found[:12], 16) % TICKETS


def winner(ticket_: int, weights: Sequence[int]) -> int:
    """The place of the prize a ticket wins. The weights, tickets each, add up to 10 000."""
    return next(place for place, end in enumerate(accumulate(weights)) if ticket_ < end)
