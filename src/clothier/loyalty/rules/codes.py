"""The member code that changes every half minute: a card's number and a tag that only the card's secret makes.

The phone makes it alone (desks/member/static/member/code.js), so it works without a network. Twenty digits: 29, the
number in ten, the tag in eight.
"""

import hashlib
import hmac

PREFIX = "29"
LENGTH = 20
SECONDS = 30
# Phones are set by their networks, tills by somebody: half a minute either way.
SKEW = 1
_TAG = 10**8


def code(secret: str, number: int, second: float) -> str:
    """What the card shows at a moment (seconds since 1970)."""
    return _code(secret, number, int(second) // SECONDS)


def number_in(text: str) -> int | None:
    """The card's number in something that has a code's shape; None in anything else."""
    digits = "".join(text.split())
    shaped = len(digits) == LENGTH and digits.isascii() and digits.isdecimal() and digits.startswith(PREFIX)
    return int(digits[2:12]) if shaped else None


def window_of(text: str, secret: str, second: float) -> int | None:
    """The half minute (counted since 1970) in which the card showed this; None when that was not in the last minute: a
    photograph of it is worth no more than that.
    """
    digits, number, window = "".join(text.split()), number_in(text), int(second) // SECONDS
    if number is None:
        return None
    near = range(window - SKEW, window + SKEW + 1)
    return next((each for each in near if hmac.compare_digest(digits, _code(secret, number, each))), None)


def _code(secret: str, number: int, window: int) -> str:
    made = hmac.new(secret.encode(), f"{number}:{window}".encode(), hashlib.sha256).digest()
    return f"{PREFIX}{number:010d}{int.from_bytes(made[:8]) % _TAG:08d}"
