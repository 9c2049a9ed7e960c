"""Times, durations and numbers in the reader's words."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone

from clothier.kernel.words import either
from clothier.kernel.words import said as _

MINUTE, HOUR, DAY = 60, 3600, 86_400
_NUMBER = re.compile(r"\d{1,3}")
_FIGURES = {
    "Y": "{0.year}",
    "n": "{0.month}",
    "j": "{0.day}",
    "m": "{0.month:02}",
    "d": "{0.day:02}",
    "H": "{0.hour:02}",
    "i": "{0.minute:02}",
    "s": "{0.second:02}",
}


def called(name: str, name_en: str) -> str:
    """A store's or a zone's name; its English one for readers of English, where it has one."""
    return either(name, name_en)


def duration(seconds: float) -> str:
    """A length of time in at most two units: 3 分 20 秒, 2 小时 5 分, 3 天."""
    whole = round(abs(seconds))
    if whole < MINUTE:
        return _("%(n)s 秒") % {"n": whole}
    if whole < HOUR:
        return _two(_("%(n)s 分") % {"n": whole // MINUTE}, whole % MINUTE, _("%(n)s 秒"))
    if whole < DAY:
        return _two(_("%(n)s 小时") % {"n": whole // HOUR}, whole % HOUR // MINUTE, _("%(n)s 分"))
    return _two(_("%(n)s 天") % {"n": whole // DAY}, whole % DAY // HOUR, _("%(n)s 小时"))


def compact(seconds: float) -> str:
    """What fits into a ring: 0:08, 12:05, 5 时, 3 天; overdue time with a plus."""
    sign, whole = ("+", int(-seconds)) if seconds < 0 else ("", int(seconds + 0.999))
    if sign and 10 * MINUTE <= whole < HOUR:
        return sign + _("%(n)s分") % {"n": whole // MINUTE}
    if whole < HOUR:
        return f"{sign}{whole // MINUTE}:{whole % MINUTE:02d}"
    if whole < 2 * DAY:
        return sign + _("%(n)s时") % {"n": whole // HOUR}
    return sign + _("%(n)s天") % {"n": whole // DAY}


def ago(at: datetime, now: datetime) -> str:
    """How long since, and from a week on the date: 刚刚, 5 分钟前, 昨天 14:05, 3月2日."""
    passed = (now - at).total_seconds()
    if -MINUTE < passed < MINUTE:
        return _("刚刚")
    if passed < 0:
        return moment(at)
    if passed < HOUR:
        return _("%(n)s 分钟前") % {"n": int(passed // MINUTE)}
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    if local.date() == today:
        return _("今天 %(time)s") % {"time": local.strftime("%H:%M")}
    if local.date() == today - timedelta(days=1):
        return _("昨天 %(time)s") % {"time": local.strftime("%H:%M")}
    return day(local.date(), today)


def day(one: date, today: date) -> str:
    """3月2日; with its year when that is not this one."""
    return dated(one, _("n月j日") if one.year == today.year else _("Y年n月j日"))


def moment(at: datetime) -> str:
    """A point in time in full, local: 2026年11月14日 10:05."""
    return dated(timezone.localtime(at), _("Y年n月j日 H:i"))


def dated(at: date, form: str) -> str:
    """A date or a time in Django's letters. A form of nothing but figures is read once, for lists say hundreds."""
    figures = _figures(form)
    return figures.format(at) if figures else dateformat.format(at, form)


@lru_cache(maxsize=64)
def _figures(form: str) -> str:
    """Empty where a letter stands for a word, or where a sign has a meaning of its own."""
    if set(form) & set("\\{}"):
        return ""
    pieces = dateformat.re_formatchars.split(form)
    named = all(letter in _FIGURES for letter in pieces[1::2])
    return (
        "".join(_FIGURES.get(piece, piece) if place % 2 else piece for place, piece in enumerate(pieces))
        if named
        else ""
    )


def initial(name: str) -> str:
    """The letter of an avatar: how many a party is, the family name of a Chinese name, the first letters of others."""
    name = name.strip()
    if not name:
        return "·"
    if number := _NUMBER.search(name):
        return number[0]
    if name.isascii():
        return "".join(word[0] for word in name.split()[:2]).upper()
    # A form of address in Latin letters may stand before a Chinese name: "Ms 陈".
    return next((letter for letter in name if not letter.isascii()), name[0])


def _two(first: str, rest: int, unit: str) -> str:
    return f"{first} {unit % {'n': rest}}" if rest else first
