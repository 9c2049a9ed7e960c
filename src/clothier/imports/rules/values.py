"""What a cell says: amounts, quantities, moments, codes. Refusals are sentences for whoever keeps the file."""

import re
from datetime import UTC, date, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from clothier.imports.contracts import MICROS, MICROS_PER_FEN, CellRefused, gettext_noop

_SYMBOLS = re.compile(r"[¥￥£$€\s\u00a0]|元$|^(?:CNY|RMB|GBP|USD|EUR|HKD)|(?:CNY|RMB|GBP|USD|EUR|HKD)$")
_DECIMAL_COMMA = re.compile(r",\d{1,2}$|,\d{4,}$")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,6})?\Z")
_WHOLE = re.compile(r"[+-]?\d+(?:\.0+)?$")
_DATE = re.compile(
    r"(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?"
    r"(?:[T ]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,]\d+)?秒?)?分?)?"
    r"\s*(AM|PM)?\s*(Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
# Nearly every moment of nearly every file.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?$")


def clean(text: str) -> str:
    """The cell without the blanks around it and without the marks spreadsheets use to keep text as text."""
    text = text.strip().strip("\u00a0\ufeff").strip()
    if text.startswith('="') and text.endswith('"') and text.count('"') == 2:
        return text[2:-1]
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def code(text: str) -> str:
    """An identifier: a number that a spreadsheet turned into 17850.0 is 17850 again."""
    if text.isalnum():
        return text
    text = clean(text)
    return text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text


def micros(text: str) -> int:
    """An amount of money in millionths, exactly as written: "2.55", "£1,234.50", "2,55", "(12.00)" for minus twelve."""
    if _PLAIN.match(text):
        # Nearly every amount of nearly every file: two integers, no decimals to work out.
        whole, _, part = text.partition(".")
        return int(whole) * MICROS + int(part.ljust(6, "0")) if len(whole) < 12 else _odd_micros(text)
    return _odd_micros(text)


def _odd_micros(text: str) -> int:
    plain = clean(text)
    _no_formula(plain)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = _with_point(_SYMBOLS.sub("", plain.strip("()")).replace("\u2212", "-"))
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise CellRefused(gettext_noop("“%(text)s”不是金额"), text=text) from None
    if not amount.is_finite() or abs(amount) > 10**12:
        raise CellRefused(gettext_noop("“%(text)s”不是可信的金额"), text=text)
    whole = int((amount * MICROS).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    return -whole if negative else whole


def fen(amount: int) -> int:
    """Fen from micros, half to even. Integer arithmetic throughout: no float touches money."""
    whole, rest = divmod(amount, MICROS_PER_FEN)
    if rest * 2 > MICROS_PER_FEN or (rest * 2 == MICROS_PER_FEN and whole % 2):
        whole += 1
    return whole


def quantity(text: str) -> int:
    """A number of pieces, negative for what came back."""
    plain = clean(text).replace(",", "").replace("\u2212", "-")
    _no_formula(plain)
    if not _WHOLE.match(plain):
        raise CellRefused(gettext_noop("“%(text)s”不是整数数量"), text=text)
    pieces = int(plain.split(".")[0])
    if abs(pieces) > 10_000_000:
        raise CellRefused(gettext_noop("数量“%(text)s”大得不可信"), text=text)
    return pieces


def moment(text: str, *, order: str, zone: tzinfo) -> datetime:
    """A moment in UTC. `order` tells 1/2/2011 apart: "ymd", "dmy" or "mdy"; a time without a zone is in `zone`."""
    try:
        if _ISO.match(text):
            return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
        plain = clean(text)
        _no_formula(plain)
        if found := _DATE.match(plain):
            return _moment(found, order, zone)
        if found := _COMPACT.match(plain):
            parts = [int(part or 0) for part in found.groups()]
            return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type,misc]
    except (ValueError, OverflowError):
        pass
    raise CellRefused(gettext_noop("“%(text)s”不是日期时间"), text=text)


def day(text: str, *, order: str) -> date:
    """A date without a time."""
    return moment(text, order=order, zone=UTC).date()


def believable(at: datetime, *, now: datetime) -> datetime:
    """The moment again. Refuses what lies more than a day ahead, or before 1990."""
    if (at - now).total_seconds() > 86_400:
        raise CellRefused(gettext_noop("时间 %(at)s 在将来"), at=f"{at:%Y-%m-%d %H:%M}")
    if at.year < 1990:
        raise CellRefused(gettext_noop("时间 %(at)s 早于 1990 年"), at=f"{at:%Y-%m-%d}")
    return at


def date_order(samples: list[str]) -> tuple[str, bool]:
    """How dates are written, from a sample: the order, and whether the sample leaves no doubt."""
    firsts, seconds = set(), set()
    for text in samples:
        if found := _DATE.match(clean(text)):
            if len(found[1]) == 4:
                return "ymd", True
            firsts.add(int(found[1]))
            seconds.add(int(found[2]))
    if any(part > 12 for part in firsts):
        return "dmy", True
    if any(part > 12 for part in seconds):
        return "mdy", True
    return ("mdy", False) if firsts else ("ymd", True)


def _moment(found: re.Match[str], order: str, zone: tzinfo) -> datetime:
    first, second, third = (int(found[n]) for n in (1, 2, 3))
    if len(found[1]) == 4:
        year, month, on = first, second, third
    elif order == "dmy":
        on, month, year = first, second, third
    else:
        month, on, year = first, second, third
    if year < 100:
        year += 2000 if year < 70 else 1900
    hour = _hour(int(found[4] or 0), found[7])
    at = datetime(year, month, on, hour, int(found[5] or 0), int(found[6] or 0), tzinfo=zone)
    if found[8]:
        at = datetime.fromisoformat(at.replace(tzinfo=None).isoformat() + found[8].upper().replace("Z", "+00:00"))
    return at.astimezone(UTC)


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half.upper() == "PM" else 0)


def _with_point(plain: str) -> str:
    """1,234.50 and 1.234,50 and 2,55 with a decimal point and nothing else."""
    if "," not in plain:
        return plain
    if "." in plain:
        comma_last = plain.rindex(",") > plain.rindex(".")
        return plain.replace(".", "").replace(",", ".") if comma_last else plain.replace(",", "")
    return plain.replace(",", ".") if plain.count(",") == 1 and _DECIMAL_COMMA.search(plain) else plain.replace(",", "")


def _no_formula(plain: str) -> None:
    if plain.startswith(("=", "@")):
        raise CellRefused(gettext_noop("“%(text)s”是公式，请先在表格里转成数值"), text=plain[:40])
