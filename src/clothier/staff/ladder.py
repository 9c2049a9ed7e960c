"""Who a ladder's role is at this moment: the roster first, then the organisation, and never nobody without looking up.

The codes are those of the house rules. A role that nobody fills goes to the next one up, because a broken promise that
reaches nobody is worse than one that reaches somebody's boss.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from clothier.kernel.access import Role
from clothier.kernel.rows import prepared
from clothier.staff.models import Employee, Shift
from clothier.staff.rosters import LONGER_THAN_ANY
from clothier.standards.contracts import role_resolver

_POSTS = {
    "greeter": Shift.Post.GREETER,
    "associate": Shift.Post.ASSOCIATE,
    "cashier": Shift.Post.CASHIER,
    "lead": Shift.Post.LEAD,
    "supervisor": Shift.Post.LEAD,
    "agent": Shift.Post.AGENT,
}
_UP = {
    "greeter": "associate",
    "associate": "lead",
    "cashier": "lead",
    "agent": "supervisor",
    "specialist": "supervisor",
    "case_owner": "agent",
    "lead": "manager",
    "supervisor": "manager",
}
# A role that people fill by a skill of another name.
_BY_SKILL = {"case_owner": "complaints"}
# Head office, by the skill that marks the person: who has it is asked first, all of head office otherwise.
_HEAD = ("operator", "department", "department_head", "operations", "finance", "finance_head")


@role_resolver.register
def holders(role: str, store: int | None, zone: int | None, at: datetime) -> list[int]:
    """Employee ids of a role in a store at a moment, most likely first; climbs until somebody is found."""
    asked: str | None = role
    while asked and asked != "manager" and asked not in _HEAD:
        if found := _on_shift(asked, store, zone, at) or _skilled(asked, store):
            return found
        asked = _UP.get(asked)
    if asked == "manager" and (found := _managers(store)):
        return found
    return _head_office(role)


def _on_shift(role: str, store: int | None, zone: int | None, at: datetime) -> list[int]:
    post = _POSTS.get(role)
    if post is None or store is None:
        return []
    moments = {"at": at, "after": at + timedelta.resolution, "oldest": at - LONGER_THAN_ANY}
    if zone is None:
        return list(dict.fromkeys(_posted(store=store, post=post.value, **moments)))
    return list(dict.fromkeys(_near(zone=zone, store=store, post=post.value, **moments)))


@prepared
def _posted(store: int, post: str, at: datetime, after: datetime, oldest: datetime) -> QuerySet[Shift, int]:
    """As `on_floor`, composed once: thousands of steps may fire in a second."""
    running = Shift.objects.filter(starts_at__lt=after, starts_at__gt=oldest, ends_at__gt=at, store=store, post=post)
    return running.order_by("starts_at", "id").values_list("employee_id", flat=True)


@prepared
def _near(zone: int, store: int, post: str, at: datetime, after: datetime, oldest: datetime) -> QuerySet[Shift, int]:
    """A shift without a zone counts for every zone."""
    running = Shift.objects.filter(starts_at__lt=after, starts_at__gt=oldest, ends_at__gt=at, store=store, post=post)
    near = running.filter(Q(zone=zone) | Q(zone__isnull=True))
    return near.order_by("starts_at", "id").values_list("employee_id", flat=True)


def _skilled(role: str, store: int | None) -> list[int]:
    """People of the store whose skills name the role, such as a specialist; few enough to look at one by one."""
    if role in _POSTS:
        return []
    people = _skills(store=store) if store else []
    return [pk for pk, skills in people if role in skills or _BY_SKILL.get(role) in skills]


@prepared
def _skills(store: int) -> QuerySet[Employee, tuple[int, list[str]]]:
    return _working(store).values_list("pk", "skills")


def _managers(store: int | None) -> list[int]:
    return _in_charge(store=store) if store else []


@prepared
def _in_charge(store: int) -> QuerySet[Employee, int]:
    return _working(store).filter(role=Role.MANAGER).values_list("pk", flat=True)


def _working(store: int) -> QuerySet[Employee]:
    """People of a store, those answering for its region included."""
    here = Q(home_store_id=store) | Q(scopes__store_id=store) | Q(scopes__region__store=store)
    return Employee.objects.filter(here, left_on__isnull=True).order_by("pk").distinct()


def _head_office(role: str) -> list[int]:
    rows = _over_all()
    skilled = [pk for pk, _, skills in rows if role in skills]
    operators = [pk for pk, code, _ in rows if code == Role.OPERATOR]
    return skilled or operators or [pk for pk, _, _ in rows]


@prepared
def _over_all() -> QuerySet[Employee, tuple[int, str, list[str]]]:
    people = Employee.objects.filter(role__in=(Role.OPERATOR, Role.ADMIN), left_on__isnull=True).order_by("pk")
    return people.values_list("pk", "role", "skills")
