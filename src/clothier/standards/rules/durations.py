"""Durations and money as a manager writes them in the house rules: 10s, 3min, 24h, 7d, ¥50."""

import re
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
_CHINESE = {"秒": "s", "分": "min", "分钟": "min", "小时": "h", "天": "d", "日": "d"}
_DURATION = re.compile(r"(\d+)\s*(s|min|h|d|秒|分钟|分|小时|天|日)")
_MONEY = re.compile(r"¥\s?(\d{1,3}(?:[ ,]?\d{3})*|\d+)(?:\.(\d{2}))?")


def seconds(value: object) -> int:
    """Whole seconds of "10s", "3min", "1h 30min", "7d", "3 分钟" or of a number. Raises ValueError otherwise."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value).strip()
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text).strip():
        raise ValueError(f"{text!r} is not a duration: write 10s, 3min, 24h or 7d")
    return sum(int(number) * _UNITS[_CHINESE.get(unit, unit)] for number, unit in parts)


def written(value: int) -> str:
    """The shortest way to write seconds that reads back the same: 5400 → "90min"."""
    for unit in ("d", "h", "min"):
        # A day reads better as 24 h: promises are counted in hours until two days are full.
        if value and value % _UNITS[unit] == 0 and (unit != "d" or value >= 2 * _UNITS["d"]):
            return f"{value // _UNITS[unit]}{unit}"
    return f"{value}s"


def fen(value: object) -> int:
    """Integer fen of "¥50", "¥1 000", "¥0.50" or of a number of fen. Raises ValueError otherwise."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = _MONEY.fullmatch(str(value).strip())
    if not match:
        raise ValueError(f"{value!r} is not an amount: write ¥50 or ¥1000.00")
    return int(re.sub(r"[ ,]", "", match[1])) * 100 + int(match[2] or 0)


def priced(value: int) -> str:
    return f"¥{value // 100}" if value % 100 == 0 else f"¥{value // 100}.{value % 100:02d}"


def _not_negative(value: int) -> int:
    if value < 0:
        raise ValueError("must not be negative")
    return value


def _parsed_seconds(value: object) -> int:
    return _not_negative(seconds(value))


def _parsed_fen(value: object) -> int:
    return _not_negative(fen(value))


Seconds = Annotated[int, BeforeValidator(_parsed_seconds), PlainSerializer(written, return_type=str, when_used="json")]
Fen = Annotated[int, BeforeValidator(_parsed_fen), PlainSerializer(priced, return_type=str, when_used="json")]
