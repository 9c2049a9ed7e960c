"""Tags put on and taken off, by people and by rule."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clothier.customers.events import TagAdded, TagRemoved
from clothier.customers.models import Customer, Profile, Tag, Tagging
from clothier.customers.rules.conditions import parse
from clothier.customers.selectors.matching import people_where
from clothier.customers.services.people import living
from clothier.eventlog.services import Note, record, record_all
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

BATCH = 2_000


def add_tag(
    *,
    customer_id: int,
    tag_id: int,
    origin: str = Tagging.Origin.MANUAL,
    confidence: int = 100,
    actor: int | None = None,
) -> int:
    """Put a tag on; the tagging's id. On already, it only gets fresh: its confidence and expiry are renewed."""
    tag = Tag.objects.filter(pk=tag_id, retired_at=None).first()
    if tag is None:
        raise Refused(_("没有这个标签。"), field="tag")
    with transaction.atomic():
        customer = living(customer_id)
        tagging, fresh = Tagging.objects.update_or_create(
            customer=customer,
            tag=tag,
            defaults={
                "origin": origin,
                "confidence": confidence,
                "actor_id": actor,
                "added_at": clock.now(),
                "expires_at": clock.now() + timedelta(days=tag.days) if tag.days else None,
            },
        )
        if fresh:
            _tell(TagAdded(tag_id=tag.pk, origin=origin), customer_id, actor)
    return tagging.pk


def remove_tag(*, customer_id: int, tagging_id: int, actor: int | None = None) -> None:
    """Take a tag off this person. One that a rule puts on comes back while the rule holds: change the rule instead."""
    with transaction.atomic():
        person = living(customer_id).person_id
        tagging = Tagging.objects.filter(pk=tagging_id, customer__person_id=person).first()
        if tagging is None:
            return
        tagging.delete()
        _tell(TagRemoved(tag_id=tagging.tag_id, origin=tagging.origin), tagging.customer_id, actor)


def refresh_rule_tags() -> int:
    """Put every rule's tag on those it now holds for and take it off the others; the number of changes."""
    return sum(_refresh(tag) for tag in Tag.objects.filter(rule__isnull=False, retired_at=None))


def refresh_rule_tag(*, tag_id: int) -> int:
    """The same for one tag; nothing where it is retired or put on by hand."""
    return sum(_refresh(tag) for tag in Tag.objects.filter(pk=tag_id, rule__isnull=False, retired_at=None))


def drop_expired(*, limit: int = BATCH) -> int:
    """Take off tags whose time is up."""
    due = Tagging.objects.filter(expires_at__lte=clock.now()).order_by("expires_at")[:limit]
    return _take_off(list(due))


def _refresh(tag: Tag) -> int:
    wanted = people_where(parse(tag.rule))
    # Asked of the database as two differences, so nobody who keeps the tag is read or written.
    mine = Tagging.objects.filter(tag=tag, origin=Tagging.Origin.RULE)
    stale, changed = mine.exclude(customer_id__in=wanted.values("customer_id")), 0
    while batch := list(stale.order_by("pk")[:BATCH]):
        changed += _take_off(batch)
    fresh = wanted.exclude(customer_id__in=Tagging.objects.filter(tag=tag).values("customer_id"))
    after = 0
    while people := _next(fresh, after):
        changed, after = changed + _put_on(tag, people), people[-1]
    return changed


def _next(people: QuerySet[Profile], after: int) -> list[int]:
    later = people.filter(customer_id__gt=after).order_by("customer_id")
    return list(later.values_list("customer_id", flat=True)[:BATCH])


def _put_on(tag: Tag, customers: list[int]) -> int:
    now = clock.now()
    expires = now + timedelta(days=tag.days) if tag.days else None
    with transaction.atomic():
        alive = list(Customer.objects.filter(pk__in=customers, erased_at=None).values_list("pk", flat=True))
        Tagging.objects.bulk_create(
            (
                Tagging(customer_id=pk, tag=tag, origin=Tagging.Origin.RULE, added_at=now, expires_at=expires)
                for pk in alive
            ),
            ignore_conflicts=True,
        )
        record_all(
            Note(TagAdded(tag_id=tag.pk, origin=Tagging.Origin.RULE), Ref("customer", pk), customer=pk) for pk in alive
        )
    return len(alive)


def _take_off(taggings: list[Tagging]) -> int:
    with transaction.atomic():
        Tagging.objects.filter(pk__in=[row.pk for row in taggings]).delete()
        if taggings:
            record_all(
                Note(
                    TagRemoved(tag_id=row.tag_id, origin=row.origin),
                    Ref("customer", row.customer_id),
                    customer=row.customer_id,
                )
                for row in taggings
            )
    return len(taggings)


def _tell(event: TagAdded | TagRemoved, customer_id: int, actor: int | None) -> None:
    record(event, subject=Ref("customer", customer_id), customer=customer_id, actor=actor)
