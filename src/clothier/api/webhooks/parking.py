"""Postings somebody decides about: sent afresh, or let go."""

from django.db import transaction
from django.db.models import QuerySet

from clothier.api.events import PostingsLetGo, PostingsRetried
from clothier.api.models import Posting
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.refs import Ref


@transaction.atomic
def retry(*, posting: int, actor: int | None = None) -> None:
    """Send a posting again with fresh attempts, be it parked, let go or taken before; one that waits just waits on."""
    rows = Posting.objects.filter(pk=posting)
    _again(rows, rows.exclude(state=Posting.State.WAITING), actor)


@transaction.atomic
def retry_all(*, subscription: int, actor: int | None) -> int:
    """Send all the parked postings of a subscription again; how many."""
    rows = Posting.objects.filter(subscription=subscription)
    return _again(rows, _parked(rows), actor)


@transaction.atomic
def let_go(*, posting: int, actor: int | None) -> None:
    """Give a parked posting up for good. One that is not parked stays as it is."""
    _drop(Posting.objects.filter(pk=posting), actor)


@transaction.atomic
def let_all_go(*, subscription: int, actor: int | None) -> int:
    """Give all the parked postings of a subscription up for good; how many."""
    return _drop(Posting.objects.filter(subscription=subscription), actor)


def _again(rows: QuerySet[Posting], chosen: QuerySet[Posting], actor: int | None) -> int:
    subscription = _whose(rows)
    found = chosen.update(state=Posting.State.WAITING, attempts=0, due_at=clock.now())
    if found:
        record(PostingsRetried(postings=found), subject=Ref("webhook", subscription), actor=actor)
    return found


def _drop(rows: QuerySet[Posting], actor: int | None) -> int:
    subscription = _whose(rows)
    found = _parked(rows).update(state=Posting.State.LET_GO)
    if found:
        record(PostingsLetGo(postings=found), subject=Ref("webhook", subscription), actor=actor)
    return found


def _parked(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    return rows.filter(state=Posting.State.PARKED)


def _whose(rows: QuerySet[Posting]) -> int:
    """The subscription all these postings are of; 0 when there are none."""
    return rows.values_list("subscription_id", flat=True).first() or 0
