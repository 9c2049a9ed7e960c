"""Tills and their sessions, for a viewer."""

from django.db.models import QuerySet

from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for
from clothier.settlement.models import DrawerCount, Till, TillSession


def tills_for(viewer: Viewer, *, store: int | None = None) -> QuerySet[Till]:
    """The tills in use in the viewer's stores."""
    tills = Till.objects.filter(store__in=stores_for(viewer), retired_at=None).select_related("store")
    return tills if store is None else tills.filter(store=store)


def sessions_for(viewer: Viewer) -> QuerySet[TillSession]:
    """Sessions in the viewer's stores, the latest first."""
    sessions = TillSession.objects.filter(till__store__in=stores_for(viewer))
    return sessions.select_related("till__store", "day").order_by("-pk")


def running_session(till: int) -> int | None:
    """The session that runs at a till, by its id: what is sold there now belongs to it."""
    return TillSession.objects.filter(till=till, closed_at=None).values_list("pk", flat=True).first()


def latest_count(session: int) -> DrawerCount | None:
    """The count by which a session would close now."""
    return DrawerCount.objects.filter(session=session).order_by("-pk").first()
