"""Cases that belong together, conversations they are spoken of in, and what the customer thinks of how it went."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import LIVING, UNSETTLED, NoteKind, Relation, State
from clothier.cases.events import CaseCardRevoked, CaseLinked, CaseMerged, CaseRated, CaseThreadLinked
from clothier.cases.models import Case, CaseLink, CaseNote, CaseThread, Rating
from clothier.cases.services.rows import guard, held, move, tell, told, words
from clothier.cases.services.waiting import ended
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document


@once(told, CaseLinked)
@transaction.atomic
def link(*, case: int, other: int, relation: Relation | str, actor: int | None, key: str | None = None) -> Case:
    """Say that two cases belong together; said again it changes nothing. To make one of two: `merge`."""
    if case == other or relation not in list(Relation):
        raise Refused(_("请选择另一张服务单"), field="other")
    rows = {pk: held(pk) for pk in sorted((case, other))}
    first, second = (rows[pk] for pk in sorted(rows))
    made, fresh = CaseLink.objects.get_or_create(
        a=first, b=second, defaults={"relation": relation, "at": clock.now(), "actor_id": actor}
    )
    if fresh:
        tell(rows[case], CaseLinked(other_id=other, relation=made.relation), actor=actor, key=key)
    return rows[case]


@once(told, CaseMerged)
@transaction.atomic
def merge(*, case: int, into: int, actor: int | None, key: str | None = None) -> Case:
    """The same matter was written down twice: this one ends, and its words are read in the other, which goes on.

    Its promises are no longer made, for the other's run. Refused for two customers' cases.
    """
    if case == into:
        raise Refused(_("请选择另一张服务单"), field="other")
    rows = {pk: held(pk) for pk in sorted((case, into))}
    row, other = rows[case], rows[into]
    if row.merged_into_id == into:
        return row
    guard(row, UNSETTLED)
    guard(other, LIVING)
    if row.customer_id and other.customer_id and row.customer_id != other.customer_id:
        raise Refused(_("这是两位顾客的服务单，不能合并"))
    CaseLink.objects.get_or_create(
        a_id=min(case, into), b_id=max(case, into),
        defaults={"relation": Relation.DUPLICATE, "at": clock.now(), "actor_id": actor},
    )  # fmt: skip
    _move_words(row, other)
    ended(row)
    return move(row, CaseMerged(into=into), actor=actor, key=key)


def _move_words(row: Case, other: Case) -> None:
    """Words are sealed with the key of the case they are read in; what was said inside stays where it was said."""
    said = CaseNote.objects.filter(case=row).exclude(kind=NoteKind.INTERNAL).order_by("pk")
    CaseNote.objects.bulk_create(
        CaseNote(
            case=other, kind=one.kind, channel=one.channel, author_id=one.author_id, at=one.at,
            sealed=other.seal(row.unseal(one.sealed)),
        )
        for one in said
    )  # fmt: skip
    known = set(CaseThread.objects.filter(case=other).values_list("thread_id", flat=True))
    CaseThread.objects.filter(case=row).exclude(thread_id__in=known).update(case=other)


@once(told, CaseThreadLinked)
@transaction.atomic
def link_thread(*, case: int, thread: int, actor: int | None, key: str | None = None) -> Case:
    """From now on what is written in this conversation is said on the case too."""
    row = held(case, LIVING)
    _one, fresh = CaseThread.objects.get_or_create(case=row, thread_id=thread, defaults={"linked_at": clock.now()})
    if fresh:
        tell(row, CaseThreadLinked(thread_id=thread), actor=actor, key=key)
    return row


@once(told, CaseRated)
@transaction.atomic
def rate(*, case: int, score: int, text: str = "", key: str | None = None) -> Case:
    """How satisfied the customer was. Once: a second mark changes nothing. Refused before it is settled."""
    row = held(case, frozenset({State.CONFIRMED, State.CLOSED}))
    scale = document("cases").scale
    if not 1 <= score <= scale:
        raise Refused(_("请选择 1 到 %(scale)s 分") % {"scale": scale}, field="score")
    said = row.seal(words(text, empty=True))
    _rating, fresh = Rating.objects.get_or_create(
        case=row, defaults={"score": score, "sealed": said, "at": clock.now()}
    )
    if fresh:
        tell(row, CaseRated(score=score), actor=None, key=key)
    return row


@once(told, CaseCardRevoked)
@transaction.atomic
def revoke_card(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """Links to the service card that were given out so far open nothing any more."""
    row = held(case)
    row.card += 1
    row.save(update_fields=["card"])
    tell(row, CaseCardRevoked(), actor=actor, key=key)
    return row
