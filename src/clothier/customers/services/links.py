"""Links between records, and the person that follows from them."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clothier.customers.events import LinkRevoked, RecordsLinked
from clothier.customers.models import Customer, Duplicate, Link, Profile
from clothier.customers.rules.components import LARGEST, canonical, components
from clothier.customers.services import consents, recounting
from clothier.customers.services.people import locked
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def merge(*, a: int, b: int, actor: int | None = None, evidence: dict[str, Any] | None = None) -> int:
    """Somebody says two records are one person; the link's id. Refused for erased records and crowds."""
    made = link(a=a, b=b, rule=Link.Rule.MANUAL, evidence=evidence or {}, actor=actor)
    if made is None:
        raise Refused(_("合并后的记录会超过 %(count)s 条，请先核对是否为公用号码。") % {"count": LARGEST})
    return made


def link(*, a: int, b: int, rule: str, evidence: dict[str, Any], actor: int | None = None) -> int | None:
    """Join two records; the link's id, or None when the person would grow past the cap and people must look."""
    a, b = min(a, b), max(a, b)
    if a == b:
        raise Refused(_("这是同一条记录。"))
    with transaction.atomic():
        group = _lock_people(a, b)
        if group[a].erased_at or group[b].erased_at:
            raise Refused(_("已删除的资料不能合并。"))
        if standing := Link.objects.filter(a=a, b=b, revoked_at=None).values_list("pk", flat=True).first():
            return standing
        if len(group) > LARGEST:
            return None
        made = Link.objects.create(a_id=a, b_id=b, rule=rule, evidence=evidence, actor_id=actor, linked_at=clock.now())
        recompute(group)
        record(
            RecordsLinked(link_id=made.pk, a_id=a, b_id=b, rule=rule),
            subject=Ref("customer", canonical(group)),
            customer=a,
            actor=actor,
        )
    return made.pk


def unmerge(*, link_id: int, actor: int | None = None) -> int:
    """Revoke a link; the id of its older record. Doing it twice changes nothing.

    Every record takes back what is its own, for nothing had moved.
    """
    with transaction.atomic():
        revoked = Link.objects.get(pk=link_id)
        group = _lock_people(revoked.a_id, revoked.b_id)
        changed = Link.objects.filter(pk=link_id, revoked_at=None).update(revoked_at=clock.now(), revoked_by=actor)
        if not changed:
            return revoked.a_id
        recompute(group)
        _ask_again(link_id)
        record(
            LinkRevoked(link_id=link_id, a_id=revoked.a_id, b_id=revoked.b_id),
            subject=Ref("customer", revoked.a_id),
            customer=revoked.a_id,
            actor=actor,
        )
    return revoked.a_id


def revoked_before(a: int, b: int) -> bool:
    return Link.objects.filter(a=min(a, b), b=max(a, b), revoked_at__isnull=False).exists()


def recompute(group: dict[int, Customer]) -> None:
    """Bring the cached person of these records in line with their live links, and what hangs on it."""
    edges = Link.objects.filter(a__in=group, b__in=group, revoked_at=None).values_list("a_id", "b_id")
    changed = [found for found in components(group, edges) if not _as_before(found, group)]
    # Everybody moves before anybody is counted: a person half parted would be counted with the other's purchases.
    for component in changed:
        Customer.objects.filter(pk__in=component).update(person=canonical(component))
    for component in changed:
        head = canonical(component)
        Profile.objects.filter(Q(pk__in=component), ~Q(pk=head)).update(live=False)
        recounting.rebuild(head)
        consents.project(head, component)


def _ask_again(link_id: int) -> None:
    """Where the review queue had made the link, its question is open again."""
    decided = Duplicate.objects.filter(link_id=link_id)
    decided.update(state=Duplicate.State.OPEN, link=None, decided_at=None, decided_by=None)


def _as_before(component: frozenset[int], group: dict[int, Customer]) -> bool:
    """Nobody joined or left."""
    head = canonical(component)
    return component == {pk for pk, row in group.items() if row.person_id == head}


def _lock_people(a: int, b: int) -> dict[int, Customer]:
    """All records of both people, locked. Read again until nobody was joined to them in the meantime."""
    while True:
        people = Customer.objects.filter(pk__in=[a, b]).values_list("person_id", flat=True)
        group = locked(Customer.objects.filter(person_id__in=list(people)).values_list("pk", flat=True))
        if a not in group or b not in group:
            raise Refused(_("没有这位顾客。"))
        fresh = set(Customer.objects.filter(pk__in=[a, b]).values_list("person_id", flat=True))
        if fresh == {group[a].person_id, group[b].person_id}:
            return group
