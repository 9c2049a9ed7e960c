"""Activities and who comes to them, as pages show them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from clothier.bookings.contracts import ActivityView, SignUpView
from clothier.bookings.models import Activity, SignUp
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

State = SignUp.State


def activities_for(viewer: Viewer) -> QuerySet[Activity]:
    """Activities of the viewer's stores, and those that are everywhere."""
    rows = Activity.objects.all()
    return rows if viewer.stores is None else rows.filter(Q(store__in=viewer.stores) | Q(store=None))


def activities_between(
    viewer: Viewer, *, store: int, since: datetime, until: datetime, limit: int = 100
) -> list[ActivityView]:
    """What is on in a store between two moments, by start; called off ones too."""
    here = store if viewer.sees(store) else None
    return [_view(row) for row in _between(store=here, since=since, until=until, limit=limit)]


@prepared
def _between(store: int | None, since: datetime, until: datetime, limit: int) -> "QuerySet[Activity, Activity]":
    here = Q(store=None) if store is None else Q(store=store) | Q(store=None)
    rows = Activity.objects.filter(here, ends_at__gt=since, starts_at__lt=until)
    return _counted(rows).order_by("starts_at", "id")[:limit]


def coming_up(*, store: int | None, days: int = 30, limit: int = 20) -> list[ActivityView]:
    """What customers may come to, in one store or in all: no secret, the kiosk and the member's page show it."""
    now = clock.now()
    rows = Activity.objects.filter(ends_at__gt=now, starts_at__lt=now + timedelta(days=days), cancelled_at=None)
    if store is not None:
        rows = rows.filter(Q(store=store) | Q(store=None))
    return _views(rows.order_by("starts_at", "id")[:limit])


def activity_view(viewer: Viewer, activity: int) -> ActivityView | None:
    return next(iter(_views(activities_for(viewer).filter(pk=activity))), None)


def activity_by_id(activity: int) -> ActivityView | None:
    """An activity that is announced: everybody may know of it."""
    return next(iter(_views(Activity.objects.filter(pk=activity))), None)


def sign_ups(viewer: Viewer, activity: int, *, limit: int = 1000) -> list[SignUpView]:
    """Who comes to an activity of the viewer's stores: seats first, then who waits, in the order of signing up."""
    if not activities_for(viewer).filter(pk=activity).exists():
        return []
    rows = SignUp.objects.filter(activity=activity).exclude(state=State.CANCELLED).order_by("state", "id")
    return _told(rows[:limit])


def sign_up_view(viewer: Viewer, sign_up: int) -> SignUpView | None:
    rows = SignUp.objects.filter(pk=sign_up)
    if viewer.stores is not None:
        rows = rows.filter(Q(activity__store__in=viewer.stores) | Q(activity__store=None))
    return next(iter(_told(rows, ranked=True)), None)


def signed_up(customers: Iterable[int], *, limit: int = 10) -> list[tuple[SignUpView, ActivityView]]:
    """What a person has signed up for and is not over, the next first."""
    signed = _told(_ahead(customers=customers, now=clock.now(), limit=limit), ranked=True)
    if not signed:
        return []
    shown = {view.id: view for view in _views(Activity.objects.filter(pk__in=[one.activity_id for one in signed]))}
    return [(one, shown[one.activity_id]) for one in signed]


@prepared
def _ahead(customers: list[int], now: datetime, limit: int) -> "QuerySet[SignUp, SignUp]":
    rows = SignUp.objects.filter(customer_id__in=customers, activity__ends_at__gt=now, activity__cancelled_at=None)
    return rows.exclude(state=State.CANCELLED.value).order_by("activity__starts_at", "id")[:limit]


def attendees(activity: int) -> list[tuple[int, datetime]]:
    """Who was there, and when they came; for what came of it."""
    rows = SignUp.objects.filter(activity=activity, attended_at__isnull=False)
    return [(customer, at) for customer, at in rows.values_list("customer_id", "attended_at") if at]


def _views(rows: QuerySet[Activity]) -> list[ActivityView]:
    return [_view(row) for row in _counted(rows)]


def _counted(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """One query: the counts come with the rows."""
    return rows.select_related("host").annotate(
        waiting_now=Count("sign_ups", filter=Q(sign_ups__state=State.WAITING)),
        attended_now=Count("sign_ups", filter=Q(sign_ups__attended_at__isnull=False)),
    )


def _view(row: Any) -> ActivityView:
    return ActivityView(
        id=row.pk,
        store_id=row.store_id,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        title=str(row),
        about=row.told,
        place=row.place,
        host=row.host.name if row.host else "",
        start=row.starts_at,
        end=row.ends_at,
        capacity=row.capacity,
        taken=row.taken,
        waiting=row.waiting_now,
        attended=row.attended_now,
        cancelled=row.cancelled_at is not None,
    )


def _told(rows: Iterable[SignUp], *, ranked: bool = False) -> list[SignUpView]:
    """`rank` by counting on the way, or, `ranked`, by asking for each that waits: a person waits for few."""
    found, waiting = list(rows), 0
    views = []
    for row in found:
        waiting += row.state == State.WAITING
        rank = 0
        if row.state == State.WAITING:
            rank = _rank(row) if ranked else waiting
        views.append(
            SignUpView(
                id=row.pk,
                activity_id=row.activity_id,
                customer_id=row.customer_id,
                seats=row.seats,
                state=row.state,
                state_name=row.get_state_display(),
                rank=rank,
                signed_at=row.signed_at,
                attended_at=row.attended_at,
                moved_up=row.moved_up_at is not None,
            )
        )
    return views


def _rank(row: SignUp) -> int:
    return SignUp.objects.filter(activity=row.activity_id, state=State.WAITING, pk__lte=row.pk).count()
