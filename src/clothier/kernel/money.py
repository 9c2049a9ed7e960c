"""Money is an integer number of fen (1/100) with a currency; floats never touch it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

SYMBOLS = {"CNY": "¥", "GBP": "£", "USD": "$", "EUR": "€", "HKD": "HK$"}


class MoneyError(ValueError):
    """The text is not an amount of money."""


@dataclass(frozen=True, slots=True)
class Money:
    fen: int
    currency: str = "CNY"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + self._same(other).fen, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - self._same(other).fen, self.currency)

    def __str__(self) -> str:
        sign = "-" if self.fen < 0 else ""
        yuan, fen = divmod(abs(self.fen), 100)
        tail = f".{fen:02d}" if fen else ""
        return f"{sign}{SYMBOLS.get(self.currency, self.currency + ' ')}{yuan:,}{tail}"

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise MoneyError(f"cannot mix {self.currency} with {other.currency}")
        return other


def parse_fen(text: str) -> int:
    """Fen from a written amount: "12", "12.5", "¥1,234.50". Raises MoneyError; rounds half to even below a fen."""
    cleaned = text.strip().lstrip("¥￥£$").replace(",", "")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation:
        raise MoneyError(f"{text!r} is not an amount of money") from None
    # Beyond any sum of money a number of so many digits cannot be rounded to the fen either.
    if not amount.is_finite() or amount.adjusted() > 20:
        raise MoneyError(f"{text!r} is not an amount of money")
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def share(total: int, weights: list[int]) -> list[int]:
    """Split `total` fen in proportion, exactly: the parts add up to it (largest remainder, first come on ties)."""
    whole = sum(weights)
    if whole <= 0:
        raise MoneyError("nothing to share by: the weights add up to zero")
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[:rest]:
        parts[i] += 1
    return parts
