"""The named cast of the tests: Zhou (associate), Chen (agent), Wu (manager), Gao (operator), two stores."""

from dataclasses import dataclass
from datetime import timedelta

from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.places.models import Region, Store, Zone
from clothier.staff.models import Employee, Shift, User
from clothier.staff.selectors import viewer_of


@dataclass(frozen=True)
class Cast:
    store: Store
    other_store: Store
    entrance: Zone
    coats: Zone
    zhou: Employee
    chen: Employee
    wu: Employee
    gao: Employee

    def viewer(self, employee: Employee) -> Viewer:
        viewer = viewer_of(employee.user)
        assert viewer is not None
        return viewer


def assemble() -> Cast:
    """Zhou works the entrance and the coats of the first store for eight hours from now; Wu leads the shift."""
    region = Region.objects.create(name="华东")
    store = Store.objects.create(code="sh-nanjing", name="南京路店", region=region, city="上海")
    other = Store.objects.create(code="hz-hubin", name="湖滨店", region=region, city="杭州")
    entrance = Zone.objects.create(store=store, code="door", name="入口", kind=Zone.Kind.ENTRANCE)
    coats = Zone.objects.create(store=store, code="coats", name="大衣区", kind=Zone.Kind.GOODS)
    people = {
        name: _employee(number, full, role, store if role not in (Role.OPERATOR, Role.ADMIN) else None)
        for number, name, full, role in [
            ("e001", "zhou", "周敏", Role.ASSOCIATE),
            ("e002", "chen", "陈晓", Role.AGENT),
            ("e003", "wu", "吴静", Role.MANAGER),
            ("e004", "gao", "高远", Role.OPERATOR),
        ]
    }
    now = clock.now()
    for employee, post in [("zhou", Shift.Post.ASSOCIATE), ("zhou", Shift.Post.GREETER), ("wu", Shift.Post.LEAD)]:
        Shift.objects.create(
            employee=people[employee], store=store, post=post, starts_at=now, ends_at=now + timedelta(hours=8)
        )
    return Cast(store=store, other_store=other, entrance=entrance, coats=coats, **people)


def _employee(number: str, name: str, role: Role, store: Store | None) -> Employee:
    user = User.objects.create_user(username=number, password="a password for tests")
    return Employee.objects.create(number=number, name=name, user=user, role=role, home_store=store)
