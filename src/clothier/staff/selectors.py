"""Who somebody is, what they may see, and who is on the floor."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from clothier.kernel.access import HEAD_OFFICE, Role, Viewer
from clothier.kernel.rows import prepared
from clothier.staff.contracts import Account, OnShift
from clothier.staff.misfits import post_name as post_name
from clothier.staff.models import ROLE_NAMES, Employee, Scope, Shift, User
from clothier.staff.rosters import LONGER_THAN_ANY, between
from clothier.staff.rosters import POSTS as POSTS
from clothier.staff.rosters import acquainted as acquainted
from clothier.staff.rosters import copy_preview as copy_preview
from clothier.staff.rosters import crew_for as crew_for
from clothier.staff.rosters import gone_home as gone_home
from clothier.staff.rosters import shift_for as shift_for
from clothier.staff.rosters import shift_history as shift_history
from clothier.staff.rosters import shifts_for as shifts_for
from clothier.staff.rosters import shifts_of as shifts_of
from clothier.staff.skills import SKILLS as SKILLS
from clothier.staff.skills import skill_name as skill_name


def viewer_of(user: User | AbstractBaseUser | AnonymousUser) -> Viewer | None:
    """The viewer behind a sign-in; None for strangers, for accounts without an employee and for people who left.

    Nor is anybody one who came in with a one-time password and has yet to choose their own.
    """
    if not user.is_authenticated or getattr(user, "one_time_until", None):
        return None
    found = _employed(user=user.pk)
    if not found:
        return None
    employee = found[0]
    role = Role(employee.role)
    stores = None if role in HEAD_OFFICE else frozenset(_stores_of(employee))
    return Viewer(user=user.pk, employee=employee.pk, role=role, stores=stores, name=employee.name)


def viewer_of_user(user: int) -> Viewer | None:
    """The viewer behind a sign-in by its number, for what carries no session; None once it is switched off."""
    row = User.objects.filter(pk=user, is_active=True).first()
    return viewer_of(row) if row else None


def feed_secret(user: int) -> str:
    """What of a sign-in changes with its password, so that an address made from it dies with it; "" for nobody."""
    row = User.objects.filter(pk=user, is_active=True).first()
    return row.get_session_auth_hash()[:16] if row else ""


def employees_for(viewer: Viewer) -> QuerySet[Employee]:
    """Colleagues in the viewer's stores (head office: everybody), people who left excluded."""
    people = Employee.objects.filter(left_on__isnull=True)
    return people if viewer.stores is None else people.filter(home_store_id__in=viewer.stores)


def on_floor(*, store: int, at: datetime) -> list[OnShift]:
    """Who is at work in a store at a moment."""
    return on_shift(store=store, start=at, end=at + timedelta.resolution)


def on_shift(*, store: int, start: datetime, end: datetime) -> list[OnShift]:
    """Who works in a store within a stretch of time, the earliest first: a day's roster."""
    return [OnShift(*row) for row in _on_shift(store=store, earliest=start - LONGER_THAN_ANY, since=start, until=end)]


@prepared
def _on_shift(store: int, earliest: datetime, since: datetime, until: datetime) -> "QuerySet[Shift, Any]":
    shifts = between(earliest, since, until).filter(store=store).order_by("starts_at", "ends_at", "id")
    return shifts.values_list(
        "employee_id", "employee__name", "post", "starts_at", "ends_at", "employee__skills", "employee__left_on"
    )


def times_at_work(*, store: int, start: datetime, end: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    """When each of those works who are at work in a store within a stretch of time."""
    times: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for employee, since, until in _at_work(store=store, earliest=start - LONGER_THAN_ANY, since=start, until=end):
        times[employee].append((since, until))
    return times


@prepared
def _at_work(store: int, earliest: datetime, since: datetime, until: datetime) -> "QuerySet[Shift, Any]":
    shifts = between(earliest, since, until).filter(store=store).order_by("starts_at")
    return shifts.values_list("employee_id", "starts_at", "ends_at")


def _stores_of(employee: Employee) -> set[int]:
    stores = {employee.home_store_id} if employee.home_store_id else set()
    for pair in _scopes(employee=employee.pk):
        stores.update(pk for pk in pair if pk)
    return stores


# Every page of everybody pays for these two.
@prepared
def _employed(user: int) -> "QuerySet[Employee, Employee]":
    return Employee.objects.filter(user_id=user, left_on__isnull=True)[:1]


@prepared
def _scopes(employee: int) -> "QuerySet[Scope, tuple[int | None, int | None]]":
    """One look for both kinds of scope: a store, or each open one of a region."""
    open_region = Q(region__store__closed_on__isnull=True)
    found = Scope.objects.filter(Q(store__isnull=False) | open_region, employee=employee)
    return found.values_list("store_id", "region__store")


def desk_store() -> int | None:
    """The store where agents work, for what belongs to no store in particular; the first of several."""
    return next(iter(_agents_home(role=Role.AGENT.value)), None)


@prepared
def _agents_home(role: str) -> "QuerySet[Employee, int | None]":
    homes = Employee.objects.filter(role=role, left_on__isnull=True, home_store__isnull=False)
    return homes.order_by("home_store_id").values_list("home_store_id", flat=True)[:1]


def accounts() -> list[Account]:
    """Every sign-in with its person, for `clothier user list`; accounts without an employee have no role."""
    rows = User.objects.order_by("username").values_list(
        "username", "employee__name", "employee__number", "employee__role", "is_active", "last_login"
    )
    return [
        Account(username, name or "", number or "", role or "", active, last_login)
        for username, name, number, role, active, last_login in rows
    ]


def role_name(role: Role) -> str:
    """The role in the reader's language."""
    return str(ROLE_NAMES.get(role, role))


def names_of(employees: Iterable[int | None]) -> dict[int, str]:
    """Names by employee id, of people who left too: a record keeps its author."""
    wanted = {pk for pk in employees if pk is not None}
    return dict(_names(employees=list(wanted)))


def has_skill(employee: int, skill: str) -> bool:
    """Whether somebody's skills name this one."""
    return any(skill in skills for skills in _skills(employee=employee))


@prepared
def _skills(employee: int) -> "QuerySet[Employee, list[str]]":
    return Employee.objects.filter(pk=employee).values_list("skills", flat=True)


def roles_of(employees: Iterable[int]) -> dict[int, str]:
    """Roles by employee id, of people who work here."""
    return dict(_roles(employees=list(employees)))


@prepared
def _roles(employees: list[int]) -> "QuerySet[Employee, tuple[int, str]]":
    return Employee.objects.filter(pk__in=employees, left_on__isnull=True).order_by().values_list("pk", "role")


@prepared
def _names(employees: list[int]) -> "QuerySet[Employee, tuple[int, str]]":
    return Employee.objects.filter(pk__in=employees).order_by().values_list("pk", "name")
