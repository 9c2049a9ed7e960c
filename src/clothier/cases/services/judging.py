"""What a person decides about a case: what it is, how grave, whose, and what it came from."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.cases.contracts import LIVING, Kind, Severity, Topic
from clothier.cases.events import (
    CaseAssigned,
    CaseCauseSet,
    CaseMarkedComplex,
    CaseMarkedSerious,
    CaseReclassified,
)
from clothier.cases.models import Case
from clothier.cases.services.rows import held, move, told
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document


@once(told, CaseReclassified)
@transaction.atomic
def reclassify(
    *,
    case: int,
    kind: Kind | str,
    topic: Topic | str,
    severity: Severity | str,
    complex: bool,
    actor: int,
    key: str | None = None,
) -> Case:
    """Say what the case is. What it is no more ends its promises, what it has become begins new ones."""
    row = held(case, LIVING)
    if kind not in list(Kind) or topic not in list(Topic) or severity not in list(Severity):
        raise Refused(_("请选择一项"), field="kind")
    before = row.kind, row.topic, row.severity, row.complex
    if before == (kind, topic, severity, complex):
        return row
    event = CaseReclassified(
        kind=str(kind), topic=str(topic), severity=str(severity), complex=complex, owner_id=row.owner_id,
        holder=row.holder,
    )  # fmt: skip
    move(row, event, actor=actor, key=key)
    if severity == Severity.SERIOUS and before[2] != severity:
        move(row, CaseMarkedSerious(), actor=actor)
    if complex and not before[3]:
        move(row, CaseMarkedComplex(), actor=actor)
    return row


@once(told, CaseMarkedComplex)
@transaction.atomic
def mark_complex(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """It wants somebody who knows the matter. Marked already, it stays as it is."""
    row = held(case, LIVING)
    return row if row.complex else move(row, CaseMarkedComplex(), actor=actor, key=key)


@once(told, CaseMarkedSerious)
@transaction.atomic
def mark_serious(*, case: int, actor: int | None, key: str | None = None) -> Case:
    """Safety or reputation: the general manager answers. Marked already, it stays as it is."""
    row = held(case, LIVING)
    grave = row.severity == Severity.SERIOUS
    return row if grave else move(row, CaseMarkedSerious(), actor=actor, key=key)


@once(told, CaseAssigned)
@transaction.atomic
def assign(*, case: int, owner: int, actor: int | None, key: str | None = None) -> Case:
    """Give the case to somebody. It being theirs already changes nothing."""
    row = held(case, LIVING)
    return row if row.owner_id == owner else move(row, CaseAssigned(owner_id=owner), actor=actor, key=key)


@once(told, CaseCauseSet)
@transaction.atomic
def set_cause(*, case: int, cause: str, actor: int | None, key: str | None = None) -> Case:
    """What the matter came from, by a key of the house rules' tree."""
    row = held(case)
    if cause not in document("cases").causes_by_key():
        raise Refused(_("请选择原因"), field="cause")
    return row if row.cause == cause else move(row, CaseCauseSet(cause=cause), actor=actor, key=key)
