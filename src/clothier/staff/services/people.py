"""Employees: joining, changing, leaving; one at a time or a whole payroll file."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import Note, record_all
from clothier.kernel import clock
from clothier.kernel.access import STAFF
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.staff.contracts import EmployeeFacts
from clothier.staff.events import EmployeeChanged, EmployeeJoined, EmployeeLeft
from clothier.staff.models import Employee, Scope
from clothier.staff.services.accounts import create_account, deactivate

_FIELDS = ("name", "role", "home_store_id", "skills", "hired_on")


@transaction.atomic
def create_employee(*, facts: EmployeeFacts, actor: int | None = None) -> Employee:
    """Somebody new. Raises Refused on a used number, an unknown role, a taken username or a weak password."""
    _check(facts)
    employee = _row(facts)
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError:
        raise Refused(_("工号 %(number)s 已被使用。") % {"number": facts.number}, field="number") from None
    _give_scopes(employee, facts)
    if facts.username:
        create_account(
            username=facts.username,
            password=facts.password,
            password_hash=facts.password_hash,
            employee=employee.pk,
            actor=actor,
        )
    _tell_joined([employee], actor)
    return Employee.objects.get(pk=employee.pk)


@transaction.atomic
def import_employees(*, people: Sequence[EmployeeFacts], actor: int | None = None) -> dict[str, int]:
    """Add or change people by their number; ids by number. Accounts are made for those new ones that name one."""
    for facts in people:
        _check(facts)
    before = {row.number: row for row in Employee.objects.filter(number__in=[facts.number for facts in people])}
    rows = {facts.number: _row(facts) for facts in people}
    Employee.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["number"], update_fields=[*_plain(_FIELDS)]
    )
    saved = {row.number: row for row in Employee.objects.filter(number__in=rows)}
    new = [facts for facts in people if facts.number not in before]
    changed = [row for number, row in before.items() if _differs(row, saved[number])]
    for facts in new:
        _give_scopes(saved[facts.number], facts)
        if facts.username:
            create_account(
                username=facts.username,
                password=facts.password,
                password_hash=facts.password_hash,
                employee=saved[facts.number].pk,
            )
    _tell_joined([saved[facts.number] for facts in new], actor)
    for row in changed:
        note_change(employee=saved[row.number], actor=actor)
    return {number: row.pk for number, row in saved.items()}


def note_change(*, employee: Employee, actor: int | None = None) -> None:
    """Record that a saved employee's role, store, scope or skills are not what they were."""
    event = EmployeeChanged(employee_id=employee.pk, role=employee.role)
    with transaction.atomic():
        record_all([Note(event, subject=Ref("employee", employee.pk), store=employee.home_store_id, actor=actor)])


@transaction.atomic
def end_employment(*, employee: int, actor: int | None = None) -> None:
    """The last day is today: off the lists and signed out for good. Twice is once."""
    left = Employee.objects.filter(pk=employee, left_on__isnull=True).update(left_on=clock.now().date())
    if not left:
        return
    row = Employee.objects.select_related("user").get(pk=employee)
    if row.user:
        deactivate(username=row.user.username, actor=actor)
    event = EmployeeLeft(employee_id=employee)
    record_all([Note(event, subject=Ref("employee", employee), store=row.home_store_id, actor=actor)])


def _check(facts: EmployeeFacts) -> None:
    if facts.role not in STAFF:
        raise Refused(_("角色 %(role)s 无法识别。") % {"role": facts.role}, field="role")


def _row(facts: EmployeeFacts) -> Employee:
    return Employee(
        number=facts.number,
        name=facts.name,
        role=facts.role,
        home_store_id=facts.home_store,
        skills=list(facts.skills),
        hired_on=facts.hired_on,
    )


def _plain(fields: Iterable[str]) -> list[str]:
    return [field.removesuffix("_id") for field in fields]


def _differs(before: Employee, after: Employee) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in _FIELDS)


def _give_scopes(employee: Employee, facts: EmployeeFacts) -> None:
    Scope.objects.bulk_create(
        [Scope(employee=employee, store_id=store) for store in facts.stores]
        + [Scope(employee=employee, region_id=region) for region in facts.regions]
    )


def _tell_joined(people: Sequence[Employee], actor: int | None) -> None:
    record_all(
        Note(
            EmployeeJoined(employee_id=row.pk, role=row.role),
            subject=Ref("employee", row.pk),
            store=row.home_store_id,
            actor=actor,
        )
        for row in people
    )
