"""To whom a conversation may go, and until when it may wait."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.conversations.contracts import ThreadView
from clothier.conversations.selectors import loads_for
from clothier.kernel import clock
from clothier.kernel.access import Viewer

MORNING = time(9, 30)


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    held: int
    said: str


@dataclass(frozen=True, slots=True)
class Until:
    label: str
    value: str


def colleagues_of(viewer: Viewer, thread: ThreadView) -> list[Colleague]:
    """Those at the desk of its store, who has least to do first."""
    if thread.store_id is None:
        return []
    there = [one for one in loads_for(viewer, store=thread.store_id) if one.employee_id != thread.employee_id]
    return [
        Colleague(one.employee_id, one.name, one.held, _said(one.name, one.held, away=one.away_since is not None))
        for one in sorted(there, key=lambda one: (one.away_since is not None, one.held))
    ]


def _said(name: str, held: int, *, away: bool) -> str:
    if away:
        return _("%(name)s（暂离）") % {"name": name}
    return _("%(name)s（%(n)s 个会话）") % {"name": name, "n": held}


def snoozes() -> list[Until]:
    now = localtime(clock.now())
    tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)
    monday = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), MORNING, now.tzinfo)
    choices = [
        (_("20 分钟"), now + timedelta(minutes=20)),
        (_("1 小时"), now + timedelta(hours=1)),
        (_("3 小时"), now + timedelta(hours=3)),
        (_("明天上午"), tomorrow),
        (_("下周一"), monday),
    ]
    return [Until(label, at.isoformat(timespec="seconds")) for label, at in choices]
