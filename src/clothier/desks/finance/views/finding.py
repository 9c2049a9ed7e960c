"""What an address of this desk names, as far as the viewer sees it."""

from datetime import date

from django.http import Http404

from clothier.desks.shell.doors import Door, doors
from clothier.kernel.access import HEAD_OFFICE, Viewer
from clothier.kernel.refs import Ref
from clothier.settlement.selectors import BusinessDay, days_for
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import promises_for


def store_of(viewer: Viewer, code: str) -> Door:
    """The store of a code. Raises Http404 for one the viewer does not answer for."""
    found = next((door for door in doors(viewer) if door.code == code), None)
    if found is None:
        raise Http404
    return found


def date_of(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None


def day_of(viewer: Viewer, store: Door, day: date) -> BusinessDay:
    """The day, unsaved where nobody has touched it yet."""
    found = days_for(viewer).filter(store=store.id, date=day).first()
    return found or BusinessDay(store_id=store.id, date=day)


def promise_of(viewer: Viewer, day: int) -> PromiseView | None:
    found = promises_for(viewer, subject=Ref("day", day), keys=["settlement"], limit=1)
    return found[0] if found else None


def keeps_books(viewer: Viewer) -> bool:
    """Decisions and files are head office's; a manager reads what is about the own store."""
    return viewer.role in HEAD_OFFICE
