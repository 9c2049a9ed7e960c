"""What happened to one shift, as sentences."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from clothier.desks.roster import words
from clothier.desks.shell.shops import Shop
from clothier.eventlog.contracts import Event
from clothier.kernel.access import Viewer
from clothier.staff.contracts import ShiftPlan, ShiftView
from clothier.staff.events import ShiftCancelled, ShiftMoved, ShiftPlanned, Stint
from clothier.staff.selectors import post_name, shift_history


def history_of(viewer: Viewer, shift: int, shop: Shop) -> list[dict[str, Any]]:
    """Items for the timeline component, newest first."""
    return [_item(event, at, name, shop) for event, at, name in shift_history(viewer, shift)]


def _item(event: Event, at: datetime, name: str, shop: Shop) -> dict[str, Any]:
    who = {"name": name or _("系统")}
    match event:
        case ShiftPlanned(shift=stint):
            return {"title": _("%(name)s 排班") % who, "detail": _says(stint, shop), "at": at, "icon": "plus"}
        case ShiftMoved(before=before, after=after):
            detail = f"{_says(before, shop)} → {_says(after, shop)}"
            return {"title": _("%(name)s 改班") % who, "detail": detail, "at": at, "icon": "edit"}
        case ShiftCancelled(shift=stint):
            return {"title": _("%(name)s 取消") % who, "detail": _says(stint, shop), "at": at, "icon": "trash"}
    return {"title": event.type, "at": at}


def said(shift: ShiftView, shop: Shop) -> str:
    """A shift in one line: 周敏 11月14日 10:00–18:00 导购 · 入口."""
    zone = words.called(shift.zone, shift.zone_en)
    return f"{shift.name} {_says(shift.plan, shop)}{f' · {zone}' if zone else ''}"


def _says(stint: Stint | ShiftPlan, shop: Shop) -> str:
    day = words.day_label(shop.local_day(stint.starts_at))
    return f"{day} {words.span(stint.starts_at, stint.ends_at, shop.zone)} {post_name(stint.post)}"
