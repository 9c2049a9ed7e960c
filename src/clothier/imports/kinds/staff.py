"""Staff lists: one person a row, known by the personnel number."""

from collections.abc import Sequence

from clothier.imports.contracts import CellRefused, Column, Counts, Kind, Plainly, Plan, Row, gettext_noop
from clothier.imports.kinds.base import Context, Fate, Unit
from clothier.imports.kinds.places import Staff, Stores
from clothier.imports.kinds.single import SingleRows
from clothier.imports.rules import values
from clothier.kernel.access import STAFF, Role
from clothier.staff.contracts import EmployeeFacts
from clothier.staff.services import import_employees

COLUMNS = (
    Column("number", gettext_noop("工号"), True, (
        "employee no", "employee id", "staff no", "id", "员工编号", "员工号", "编号",
    )),
    Column("name", gettext_noop("姓名"), True, ("full name", "employee name", "员工姓名")),
    Column("role", gettext_noop("角色"), True, ("position", "job", "post", "岗位", "职位", "职务")),
    Column("store", gettext_noop("门店"), False, ("store code", "home store", "门店编码", "所属门店")),
    Column("skills", gettext_noop("技能"), False, ("skill", "专长")),
    Column("hired_on", gettext_noop("入职日期"), False, ("hire date", "start date", "joined", "入职时间")),
)  # fmt: skip

_ROLES = {
    Role.ASSOCIATE: "associate sales 导购 店员 营业员 销售 迎宾 收银 收银员 cashier greeter",
    Role.AGENT: "agent 客服",
    Role.MANAGER: "manager 店长 主管 经理",
    Role.MALL: "mall 商场运营",
    Role.OPERATOR: "operator 运营",
}


class StaffRows(SingleRows[EmployeeFacts]):
    kind = Kind.STAFF
    columns = COLUMNS

    def __init__(self, plan: Plan, context: Context) -> None:
        super().__init__(plan, context)
        self._stores = Stores(plan.options.get("store", ""))
        self._staff = Staff()

    def read(self, row: Row) -> EmployeeFacts:
        hired = row.cells[self.at("hired_on")]
        return EmployeeFacts(
            number=self.needed(row, "number", 20),
            name=self.needed(row, "name", 40),
            role=_role(self.text(row, "role")),
            home_store=self._stores.id_of(row.cells[self.at("store")]),
            skills=tuple(self.text(row, "skills").replace("、", " ").replace(",", " ").split()),
            hired_on=values.day(hired, order=self.date_order) if hired.strip() else None,
        )

    def save(self, units: Sequence[Unit[EmployeeFacts]], counts: Counts) -> list[Fate | Plainly]:
        """New people join, known ones are brought up to date; a number told twice in one go counts once."""
        people = {unit.facts.number: unit.facts for unit in units}
        known = {number for number in people if self._staff.id_of(number)}
        import_employees(people=list(people.values()), actor=self.context.actor)
        counts.remark("staff_joined", len(people.keys() - known))
        return [Fate.ALREADY if unit.facts.number in known else Fate.IMPORTED for unit in units]


def _role(text: str) -> str:
    word = text.strip().lower()
    for role, words in _ROLES.items():
        if word in words.split():
            return role.value
    if word in STAFF - {Role.ADMIN}:
        return word
    raise CellRefused(gettext_noop("“%(text)s”不是我们知道的岗位"), text=text)
