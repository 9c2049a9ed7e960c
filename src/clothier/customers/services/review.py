"""The review queue: pairs that may be one person, and what people decided about them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers.events import DuplicateDecided, DuplicateFound
from clothier.customers.models import Customer, Duplicate, Link
from clothier.customers.services import links
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def suggest(*, a: int, b: int, origin: str, score: float, evidence: dict[str, Any]) -> int | None:
    """Put a pair up for review; None when it was put up before, whatever came of it, or is one person already."""
    a, b = min(a, b), max(a, b)
    people = set(Customer.objects.filter(pk__in=[a, b]).values_list("person_id", flat=True))
    if len(people) < 2 or Duplicate.objects.filter(a=a, b=b).exists():
        return None
    with transaction.atomic():
        found = Duplicate.objects.create(
            a_id=a, b_id=b, origin=origin, score=score, evidence=evidence, found_at=clock.now()
        )
        record(DuplicateFound(duplicate_id=found.pk, origin=origin), subject=Ref("customer", a), customer=a)
    return found.pk


def accept(*, duplicate_id: int, actor: int | None = None) -> int:
    """One person: link the pair. The link's id."""
    with transaction.atomic():
        pair = _open(duplicate_id)
        made = links.link(a=pair.a_id, b=pair.b_id, rule=Link.Rule.REVIEW, evidence=_proof(pair), actor=actor)
        if made is None:
            raise Refused(_("合并后的记录过多，请先核对是否为公用号码。"))
        _decide(pair, Duplicate.State.ACCEPTED, actor=actor, link=made)
    return made


def reject(*, duplicate_id: int, actor: int | None = None) -> None:
    """Two people: the pair is not asked about again."""
    with transaction.atomic():
        _decide(_open(duplicate_id), Duplicate.State.REJECTED, actor=actor, link=None)


def undo(*, duplicate_id: int, actor: int | None = None) -> None:
    """Take a decision back: the pair is open again, and what accepting it had linked is apart again."""
    with transaction.atomic():
        pair = Duplicate.objects.select_for_update().get(pk=duplicate_id)
        if pair.state == Duplicate.State.OPEN:
            return
        if pair.link_id:
            links.unmerge(link_id=pair.link_id, actor=actor)
        _decide(pair, Duplicate.State.OPEN, actor=actor, link=None)


def _open(duplicate_id: int) -> Duplicate:
    pair = Duplicate.objects.select_for_update().filter(pk=duplicate_id).first()
    if pair is None:
        raise Refused(_("没有这条待审核记录。"))
    if pair.state != Duplicate.State.OPEN:
        raise Refused(_("已经有人处理过这一对了。"))
    return pair


def _proof(pair: Duplicate) -> dict[str, Any]:
    return {"duplicate": pair.pk, "score": round(pair.score, 3), **pair.evidence}


def _decide(pair: Duplicate, state: str, *, actor: int | None, link: int | None) -> None:
    pair.state, pair.link_id, pair.decided_by = state, link, actor
    pair.decided_at = None if state == Duplicate.State.OPEN else clock.now()
    pair.save(update_fields=["state", "link", "decided_by", "decided_at"])
    record(
        DuplicateDecided(duplicate_id=pair.pk, state=state),
        subject=Ref("customer", pair.a_id),
        customer=pair.a_id,
        actor=actor,
    )
