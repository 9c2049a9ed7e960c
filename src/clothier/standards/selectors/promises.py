"""Questions about promises, answered for a viewer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.refs import Ref
from clothier.kernel.rows import prepared
from clothier.standards.contracts import PromiseView
from clothier.standards.models import Promise
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.selectors.rulebook import hours_of, rules_of


def visible(viewer: Viewer) -> QuerySet[Promise]:
    """The promises of the stores somebody answers for; the chain's own only from head office."""
    promises = Promise.objects.all()
    return promises if viewer.stores is None else promises.filter(store_id__in=viewer.stores)


def promises_for(
    viewer: Viewer,
    *,
    states: Iterable[str] | None = None,
    subject: Ref | None = None,
    store: int | None = None,
    customer: int | None = None,
    owner: int | None = None,
    keys: Iterable[str] | None = None,
    open_only: bool = False,
    before: int | None = None,
    limit: int = 50,
    language: str = "zh",
) -> list[PromiseView]:
    """Promises, newest first; `before` is the last row's id of the page before. Two or three queries."""
    rows = _newest(
        stores=viewer.stores,
        states=states,
        kind=subject.kind if subject else None,
        subject=subject.id if subject else None,
        store=store,
        customer=customer,
        owner=owner,
        keys=keys,
        open_only=open_only,
        before=before,
        limit=limit,
    )
    return views(rows, language=language)


@prepared
def _newest(
    stores: list[int] | None,
    states: list[str] | None,
    kind: str | None,
    subject: int | None,
    store: int | None,
    customer: int | None,
    owner: int | None,
    keys: list[str] | None,
    open_only: bool,
    before: int | None,
    limit: int,
) -> "QuerySet[Promise, Promise]":
    rows = _where(
        store_id__in=stores,
        state__in=states,
        subject_kind=kind,
        subject_id=subject,
        store_id=store,
        customer_id=customer,
        owner_id=owner,
        key__in=keys,
        closed_at__isnull=open_only or None,
        pk__lt=before,
    )
    return rows.order_by("-id")[:limit]


def due_soon(
    viewer: Viewer,
    *,
    store: int | None = None,
    after: datetime | None = None,
    before: datetime | None = None,
    keys: Iterable[str] | None = None,
    limit: int = 50,
    language: str = "zh",
) -> list[PromiseView]:
    """Open promises by due time, the most urgent first, broken ones that still wait included; for boards and lists."""
    rows = _due(stores=viewer.stores, store=store, after=after, before=before, keys=keys, limit=limit)
    return views(rows, language=language)


@prepared
def _due(
    stores: list[int] | None,
    store: int | None,
    after: datetime | None,
    before: datetime | None,
    keys: list[str] | None,
    limit: int,
) -> "QuerySet[Promise, Promise]":
    rows = _where(
        store_id__in=stores, store_id=store, closed_at__isnull=True, due_at__gte=after, due_at__lt=before, key__in=keys
    )
    return rows.order_by("due_at", "id")[:limit]


def _where(**asked: Any) -> QuerySet[Promise]:
    """What is None is not asked about."""
    return Promise.objects.filter(**{field: value for field, value in asked.items() if value is not None})


def promise_for(viewer: Viewer, promise_id: int) -> Promise:
    """One promise. Raises Promise.DoesNotExist where it is none of the viewer's."""
    return visible(viewer).get(pk=promise_id)


def promise_exists(viewer: Viewer, promise_id: int) -> bool:
    """Whether there is such a promise among the viewer's."""
    return visible(viewer).filter(pk=promise_id).exists()


def subjects_promises(
    viewer: Viewer, *, kind: str, ids: Iterable[int], language: str = "zh"
) -> dict[int, list[PromiseView]]:
    """Open promises of many subjects at once, by the subject's id: rings for a whole list in two queries."""
    found: dict[int, list[PromiseView]] = {}
    for view in views(_running(stores=viewer.stores, kind=kind, ids=ids), language=language):
        found.setdefault(view.subject.id, []).append(view)
    return found


@prepared
def _running(stores: list[int] | None, kind: str, ids: list[int]) -> "QuerySet[Promise, Promise]":
    rows = _where(store_id__in=stores, closed_at__isnull=True, subject_kind=kind, subject_id__in=ids)
    return rows.order_by("due_at", "id")


def views(rows: Iterable[Promise], *, language: str = "zh") -> list[PromiseView]:
    """Rows as lists and boards show them."""
    promises, now = list(rows), clock.now()
    rules = rules_of(promise.version_id for promise in promises)
    return [view_of(promise, rules[promise.version_id], now, language) for promise in promises]


def view_of(promise: Promise, rule: PromiseRule, now: datetime, language: str = "zh") -> PromiseView:
    return PromiseView(
        id=promise.pk,
        key=promise.key,
        name=rule.name.say(language),
        subject=promise.subject,
        store_id=promise.store_id,
        customer_id=promise.customer_id,
        state=promise.state,
        started_at=promise.started_at,
        due_at=promise.due_at,
        target_seconds=promise.target_seconds,
        elapsed_seconds=_elapsed(promise, rule, now),
        owner_role=rule.owner,
        owner_id=promise.owner_id,
        acknowledged=promise.acknowledged_at is not None,
        closed_at=promise.closed_at,
        provisional=promise.final_at is not None and now < promise.final_at,
        cycle=promise.cycle,
        zone_id=promise.zone_id,
    )


def _elapsed(promise: Promise, rule: PromiseRule, now: datetime) -> int:
    """Time used so far: while the clock runs, what is not left until the due time has been used."""
    due = promise.due_at
    if promise.closed_at is not None or promise.state == Promise.State.PAUSED or due is None:
        return promise.elapsed_seconds
    hours = hours_of(promise.calendar_id, rule.clock)
    if now >= due:
        return promise.target_seconds + int(hours.between(due, now).total_seconds())
    return max(0, promise.target_seconds - int(hours.between(now, due).total_seconds()))


def count_open(viewer: Viewer, *, most: int) -> int:
    """Promises without a verdict, counted no further than `most`."""
    return visible(viewer).filter(closed_at__isnull=True).order_by()[:most].count()
