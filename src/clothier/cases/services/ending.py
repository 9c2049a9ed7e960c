"""How a case ends: a solution, its result, the customer's word or the attempts to get it; and how it begins again."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import AT_WORK, LIVING, UNSETTLED, ClosedBy, Kind, NoteKind, State
from clothier.cases.events import (
    CaseClosed,
    CaseDone,
    CaseReopened,
    CaseResultAsked,
    CaseResultConfirmed,
    CaseSolutionOffered,
    CaseWithdrawn,
)
from clothier.cases.models import Attempt, Case
from clothier.cases.rules.course import REOPENABLE
from clothier.cases.rules.ending import enough
from clothier.cases.selectors.capacity import capacity_of
from clothier.cases.services.guarding import fit_to_say
from clothier.cases.services.rows import held, move, note, told, words
from clothier.cases.services.waiting import ended
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document


@once(told, CaseSolutionOffered)
@transaction.atomic
def offer_solution(
    *, case: int, text: str, actor: int, channel: str = "", insist: str = "", key: str | None = None
) -> Case:
    """Tell the customer what we would do. Raises Blocked for what is never said, unless insisted on with a reason."""
    row = held(case, AT_WORK)
    kept = note(row, NoteKind.SOLUTION, fit_to_say(row, text, insist), author=actor, channel=channel)
    event = CaseSolutionOffered(role=capacity_of(actor, row.store_id), note_id=kept.pk)
    return move(row, event, actor=actor, key=key)


@once(told, CaseDone)
@transaction.atomic
def done(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """All that was promised is done. Refused for a complaint whose customer was offered nothing."""
    row = held(case, UNSETTLED)
    if row.kind == Kind.COMPLAINT and not row.offered:
        raise Refused(_("请先给顾客一个方案"))
    if row.state == State.SOLVED:
        return row
    ended(row)
    return move(row, CaseDone(), actor=actor, key=key)


@once(told, CaseResultAsked)
@transaction.atomic
def ask_confirmation(*, case: int, channel: str, actor: int | None, text: str = "", key: str | None = None) -> Case:
    """Ask the customer whether the result is right; each attempt is written down."""
    row = held(case, UNSETTLED)
    _guard_offered(row)
    made = Attempt.objects.create(
        case=row, round=row.round, channel=channel[:10], at=clock.now(), actor_id=actor,
        sealed=row.seal(words(text, empty=True)),
    )  # fmt: skip
    return move(row, CaseResultAsked(attempt_id=made.pk, channel=channel[:10]), actor=actor, key=key)


@once(told, CaseResultConfirmed)
@transaction.atomic
def confirm_result(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """The customer says that it is settled; `actor` is who wrote it down, nobody when the customer did."""
    row = held(case, LIVING)
    if row.state == State.CONFIRMED:
        return row
    _guard_offered(row)
    ended(row)
    return move(row, CaseResultConfirmed(), actor=actor, key=key)


@once(told, CaseReopened)
@transaction.atomic
def reopen(*, case: int, reason: str, actor: int | None, key: str | None = None) -> Case:
    """It was not settled. Verdicts so far stand; the clocks go on from what they had used.

    Refused after the house rules' days, and for a case that lives in another one.
    """
    row = held(case, REOPENABLE)
    if row.merged_into_id:
        raise Refused(_("这张服务单已并入 %(number)s，请在那里继续") % {"number": row.merged_into})
    within = timedelta(days=document("cases").reopen_days)
    if row.closed_at and clock.now() - row.closed_at > within:
        raise Refused(_("关闭已超过 %(days)s 天，请开新的服务单") % {"days": within.days})
    note(row, NoteKind.CUSTOMER if actor is None else NoteKind.INTERNAL, words(reason, field="reason"), author=actor)
    return move(row, CaseReopened(), actor=actor, key=key)


@once(told, CaseClosed)
@transaction.atomic
def close(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """Close what is over. A complaint needs the customer's word, or the documented attempts to get it."""
    row = held(case, frozenset({State.SOLVED, State.CONFIRMED}), State.CLOSED)
    if row.state == State.CLOSED:
        return row
    return move(row, CaseClosed(how=_ground(row)), actor=actor, key=key)


@once(told, CaseWithdrawn)
@transaction.atomic
def withdraw(*, case: int, reason: str, actor: int | None, key: str | None = None) -> Case:
    """The customer takes it back, and says why."""
    row = held(case, LIVING)
    note(row, NoteKind.CUSTOMER, words(reason, field="reason"), author=actor)
    ended(row)
    return move(row, CaseWithdrawn(), actor=actor, key=key)


def _guard_offered(row: Case) -> None:
    if not row.offered and row.state == State.OPEN and row.kind == Kind.COMPLAINT:
        raise Refused(_("请先给顾客一个方案"))


def _ground(row: Case) -> ClosedBy:
    """What lets it be closed. Refused where nothing does yet, with what is missing."""
    if row.state == State.CONFIRMED:
        return ClosedBy.CONFIRMED
    ladder = document("cases").confirmation
    if row.kind != Kind.COMPLAINT and row.kind not in ladder.kinds:
        return ClosedBy.DONE
    moments = list(Attempt.objects.filter(case=row, round=row.round).order_by("at").values_list("at", flat=True))
    if not enough(moments, now=clock.now(), attempts=ladder.attempts, apart=ladder.apart, rest=ladder.rest):
        raise Refused(
            _("顾客还没有确认结果。联系不上时，须至少尝试 %(n)s 次，每次间隔 %(hours)s 小时以上。")
            % {"n": ladder.attempts, "hours": ladder.apart // 3600}
        )
    return ClosedBy.ATTEMPTS
