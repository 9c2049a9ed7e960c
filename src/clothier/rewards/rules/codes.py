"""Codes nobody guesses and everybody can read out: eleven random symbols and one that checks them.

The symbols are Crockford's 32 (no I, L, O, U), so a code is 55 random bits. They are read as elements of the field of
32 elements; the check symbol makes the sum of all twelve, each times another power of x, zero. A code with one wrong
symbol, or any two exchanged, is therefore never a code: the till says so before it asks anybody.
"""

import secrets
from functools import reduce
from operator import xor

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM, GROUP = 11, 4
LENGTH = RANDOM + 1
_ALIKE = str.maketrans("ILOU", "110V", "- \t\u3000")
# Powers of x modulo x⁵ + x² + 1: every element but nought.
_POWERS = [1]
while len(_POWERS) < 31:
    _POWERS.append(_POWERS[-1] << 1 if _POWERS[-1] < 16 else (_POWERS[-1] << 1) ^ 0b100101)
_LOGS = {power: exponent for exponent, power in enumerate(_POWERS)}


def new_code() -> str:
    """A fresh code, twelve symbols."""
    drawn = secrets.randbits(5 * RANDOM)
    digits = [drawn >> (5 * place) & 31 for place in range(RANDOM)]
    return "".join(SYMBOLS[digit] for digit in [*digits, _check(digits)])


def well_formed(text: str) -> bool:
    """Whether a text as `normal_code` leaves it can be a code."""
    if len(text) != LENGTH or any(symbol not in SYMBOLS for symbol in text):
        return False
    *digits, check = map(SYMBOLS.index, text)
    return _check(digits) == check


def normal_code(text: str) -> str:
    """A code as it is kept, from one as it is typed: capitals, no dashes, O for 0 and the like put right."""
    return text.strip().upper().translate(_ALIKE)


def shown_code(code: str) -> str:
    """In groups of four, as it is printed and read out."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _check(digits: list[int]) -> int:
    """Weighted by x¹ … x¹¹; the check symbol itself has weight 1."""
    return reduce(xor, (_times(digit, _POWERS[place]) for place, digit in enumerate(digits, start=1)), 0)


def _times(a: int, b: int) -> int:
    return _POWERS[(_LOGS[a] + _LOGS[b]) % 31] if a and b else 0
