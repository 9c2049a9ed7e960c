"""What a page may do with a value: times, durations, money and shares in the reader's words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template import defaultfilters
from django.utils.html import json_script
from django.utils.timezone import localtime

from clothier.desks.shell import toasts, words
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.money import Money
from clothier.staff.selectors import role_name


def duration(seconds: float | None) -> str:
    """Seconds in words: 3 分 20 秒; a dash for None."""
    return "–" if seconds is None else words.duration(float(seconds))


def ago(at: datetime | None) -> str:
    return words.ago(at, clock.now()) if at else ""


def moment(at: datetime | None) -> str:
    return words.moment(at) if at else ""


def day(one: Any) -> str:
    """A date as it is said: 3月2日, with its year when that is not this one."""
    return words.day(one, localtime(clock.now()).date())


def date(at: Any, form: str) -> str:
    """A date or a time in Django's letters, a time in the store's zone: 14:05 for "H:i"; nothing for None."""
    return words.dated(localtime(at) if isinstance(at, datetime) else at, form) if at else ""


def money(fen: int | None, currency: str = "CNY") -> str:
    """Fen as money: ¥1,280.50; a dash for None."""
    return "–" if fen is None else str(Money(int(fen), currency))


def whole_money(fen: int | None, currency: str = "CNY") -> str:
    """For boards: money without its fen, rounded to the nearest yuan (half to even): ¥1,280."""
    return "–" if fen is None else str(Money(round(int(fen) / 100) * 100, currency))


def points(count: int | None) -> str:
    return "–" if count is None else f"{int(count):,}"


def percent(share: float | None, places: int = 0) -> str:
    """A share of one as a percentage: 0.954 → 95%; a dash for None."""
    return "–" if share is None else f"{share * 100:.{places}f}%"


def language_tag(code: str) -> str:
    """A language code as HTML wants it: zh-hans → zh-Hans."""
    language, dash, script = code.partition("-")
    return f"{language}{dash}{script.title()}"


def role(code: str) -> str:
    return role_name(Role(code))


ALL: dict[str, Callable[..., Any]] = {
    "ago": ago,
    "capfirst": defaultfilters.capfirst,
    "date": date,
    "day": day,
    "duration": duration,
    "floatformat": defaultfilters.floatformat,
    "initial": words.initial,
    "json_script": json_script,
    "language_tag": language_tag,
    "linebreaksbr": defaultfilters.linebreaksbr,
    "moment": moment,
    "money": money,
    "percent": percent,
    "points": points,
    "role": role,
    "tone": toasts.tone,
    "undo": toasts.undo,
    "whole_money": whole_money,
}
