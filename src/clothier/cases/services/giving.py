"""Making up for something: within one's authority at once, above it when the ladder says yes; issued once.

Everything about one customer waits for that customer's row, so that two colleagues cannot each give the last of it.
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.cases.contracts import LIVING, CompensationState, Form
from clothier.cases.events import (
    CaseCompensated,
    CaseCompensationApproved,
    CaseCompensationAsked,
    CaseCompensationRefused,
)
from clothier.cases.models import Approval, Budget, Case, Compensation, Recipient
from clothier.cases.rules.giving import within
from clothier.cases.selectors.capacity import capacity_of
from clothier.cases.selectors.giving import decider_of, deciding, request_of, this_month
from clothier.cases.services.issuing import issued
from clothier.cases.services.rows import held, move, words
from clothier.customers.selectors import person_of
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.contracts import Limit
from clothier.standards.selectors import document

MOST_FEN = 10_000_000


def _compensation(entry: Happening) -> Compensation:
    return Compensation.objects.get(pk=entry.payload["compensation_id"])


@once(_compensation, CaseCompensated, CaseCompensationAsked)
@transaction.atomic
def compensate(
    *, case: int, form: Form | str, fen: int, reason: str, actor: int, key: str | None = None
) -> Compensation:
    """Give something to make up for a case: issued at once within the giver's authority and budget, else asked for.

    Refused where it cannot be issued: points and coupons need a customer, money needs the order it was paid for.
    """
    row = held(case, LIVING)
    clean = words(reason, field="reason")
    _possible(row, form, fen)
    person = _recipient(row)
    limit = document("authority").limit(capacity_of(actor, row.store_id))
    asked = Compensation(
        case=row, person_id=person, form=form, fen=fen, state=CompensationState.ASKED, sealed=row.seal(clean),
        asked_by=actor, asked_at=clock.now(),
    )  # fmt: skip
    if within(limit, request_of(asked)) and limit and _drawn(limit, actor, fen):
        asked.state, asked.granted_by = CompensationState.APPROVED, actor
        asked.save()
        return _give(row, asked, actor, key)
    asked.save()
    event = CaseCompensationAsked(compensation_id=asked.pk, form=str(form), fen=fen, decider_id=decider_of(asked, row))
    move(row, event, actor=actor, key=key)
    return asked


@once(_compensation, CaseCompensationApproved)
@transaction.atomic
def approve(*, compensation: int, actor: int, note: str = "", key: str | None = None) -> Compensation:
    """Say yes, by somebody else whose authority covers it; it is issued in the same breath.

    What cannot be issued just now stays approved, and says why. Approved already, it is what it is.
    """
    asked, row = _asked(compensation)
    if asked.state != CompensationState.ASKED:
        return asked
    role = _guard_decider(asked, row, actor)
    _decide(asked, row, approved=True, role=role, note=note, actor=actor)
    asked.state, asked.granted_by = CompensationState.APPROVED, actor
    asked.save(update_fields=["state", "granted_by"])
    move(row, CaseCompensationApproved(compensation_id=asked.pk), actor=actor, key=key)
    return _try_to_give(row, asked, actor)


@once(_compensation, CaseCompensationRefused)
@transaction.atomic
def refuse(*, compensation: int, reason: str, actor: int, key: str | None = None) -> Compensation:
    """Say no, and why. Refused already, it stays so."""
    asked, row = _asked(compensation)
    if asked.state == CompensationState.REFUSED:
        return asked
    if asked.state != CompensationState.ASKED:
        raise Refused(_("这笔补偿已经批准"))
    role = _guard_decider(asked, row, actor)
    _decide(asked, row, approved=False, role=role, note=words(reason, field="reason"), actor=actor)
    asked.state = CompensationState.REFUSED
    asked.save(update_fields=["state"])
    move(row, CaseCompensationRefused(compensation_id=asked.pk), actor=actor, key=key)
    return asked


@transaction.atomic
def issue(*, compensation: int, actor: int | None) -> Compensation:
    """Try again to issue what was approved. Issued already, it stays issued once."""
    asked, row = _asked(compensation)
    return _try_to_give(row, asked, actor) if asked.state == CompensationState.APPROVED else asked


def _try_to_give(row: Case, asked: Compensation, actor: int | None) -> Compensation:
    try:
        # What downstream refuses is undone down there, and the approval stands.
        with transaction.atomic():
            return _give(row, asked, actor, None)
    except Refused as refusal:
        asked.refresh_from_db()
        asked.problem = refusal.message[:200]
        asked.save(update_fields=["problem"])
        return asked


def _give(row: Case, asked: Compensation, actor: int | None, key: str | None) -> Compensation:
    """Issue it inside this transaction: either both the thing and its note are there, or neither."""
    asked.document = issued(row, asked, actor)
    asked.state, asked.issued_at, asked.problem = CompensationState.ISSUED, clock.now(), ""
    asked.save(update_fields=["document", "state", "issued_at", "problem"])
    move(row, CaseCompensated(compensation_id=asked.pk, form=asked.form, fen=asked.fen), actor=actor, key=key)
    return asked


def _possible(row: Case, form: str, fen: int) -> None:
    if form not in list(Form):
        raise Refused(_("请选择补偿形式"), field="form")
    if not 1 <= fen <= MOST_FEN:
        raise Refused(_("请填写补偿金额"), field="fen")
    if form in (Form.POINTS, Form.COUPON) and row.customer_id is None:
        raise Refused(_("先认出顾客，才能给积分或券"), field="form")
    if form == Form.COUPON and fen % 100:
        raise Refused(_("券的面额以元为单位"), field="fen")
    if form == Form.MONEY and row.order_id is None:
        raise Refused(_("退款需要关联订单"), field="form")


def _recipient(row: Case) -> int | None:
    """The person, held until the transaction ends: what was given before cannot change meanwhile."""
    person = person_of(row.customer_id) if row.customer_id else None
    if person is not None:
        Recipient.objects.get_or_create(pk=person)
        Recipient.objects.select_for_update().get(pk=person)
    return person


def _drawn(limit: Limit, actor: int, fen: int) -> bool:
    """Take it out of this month's budget, where it suffices: one conditional update, so no two take the last of it."""
    budget, _new = Budget.objects.get_or_create(employee_id=actor, month=this_month())
    mine = Budget.objects.filter(pk=budget.pk)
    room = mine if limit.per_month is None else mine.filter(fen__lte=limit.per_month - fen)
    return bool(room.update(fen=F("fen") + fen))


def _asked(compensation: int) -> tuple[Compensation, Case]:
    """The compensation with its case locked first, as every verb does."""
    case = Compensation.objects.filter(pk=compensation).values_list("case_id", flat=True).first()
    if case is None:
        raise Refused(_("没有找到这笔补偿"))
    row = held(case)
    _recipient(row)
    return Compensation.objects.get(pk=compensation), row


def _guard_decider(asked: Compensation, row: Case, actor: int) -> str:
    role = deciding(asked, row, actor)
    if not role:
        own = actor == asked.asked_by
        raise Refused(_("自己申请的补偿由别人批准") if own else _("超出您的权限，请上一级批准"))
    return role


def _decide(asked: Compensation, row: Case, *, approved: bool, role: str, note: str, actor: int) -> None:
    Approval.objects.create(
        compensation=asked, approved=approved, role=role, sealed=row.seal(note.strip()), decided_by=actor,
        decided_at=clock.now(),
    )  # fmt: skip
    limit = document("authority").limit(role)
    if approved and limit and not _drawn(limit, actor, asked.fen):
        raise Refused(_("超出您本月的预算，请上一级批准"))
