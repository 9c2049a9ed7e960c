"""Times, durations and numbers in the reader's words."""

import re
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from clothier.kernel.words import said as _

MINUTE, HOUR, DAY = 60, 3600, 86_400
_NUMBER = re.compile(r"\d{1,3}")


def called(name: str, name_en: str) -> str:
    """A store's or a zone's name; its English one for readers of English, where it has one."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


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
    return date_format(one, _("n月j日") if one.year == today.year else _("Y年n月j日"))


def moment(at: datetime) -> str:
    """A point in time in full, local: 2026年11月14日 10:05."""
    return date_format(timezone.localtime(at), _("Y年n月j日 H:i"))


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
