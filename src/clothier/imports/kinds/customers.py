"""Customer lists: one person a row, known by the number the file gives them."""

from collections.abc import Sequence
from datetime import datetime

from clothier.customers.contracts import Kind as IdentifierKind
from clothier.customers.contracts import NewCustomer, NewIdentifier
from clothier.imports.contracts import Column, Counts, Kind, Plainly, Plan, Row, gettext_noop
from clothier.imports.kinds.base import Context, Fate, Unit
from clothier.imports.kinds.people import registered
from clothier.imports.kinds.places import Stores
from clothier.imports.kinds.single import SingleRows
from clothier.imports.rules import values
from clothier.kernel import clock

COLUMNS = (
    Column("external_id", gettext_noop("顾客编号"), True, (
        "customer id", "CustomerID", "customer no", "id", "number", "客户编号", "编号", "会员编号",
    )),
    Column("name", gettext_noop("姓名"), False, ("full name", "customer name", "顾客姓名", "会员姓名", "客户姓名")),
    Column("title", gettext_noop("称呼"), False, ("salutation", "称谓", "性别", "gender", "sex")),
    Column("phone", gettext_noop("手机"), False, (
        "mobile", "telephone", "tel", "手机号", "手机号码", "电话", "联系电话",
    )),
    Column("email", gettext_noop("邮箱"), False, ("e-mail", "mail", "电子邮箱", "电子邮件")),
    Column("member", gettext_noop("会员号"), False, ("member no", "member number", "card no", "会员卡号", "卡号")),
    Column("unionid", "UnionID", False, ("wechat unionid", "微信unionid")),
    Column("plate", gettext_noop("车牌"), False, ("license plate", "车牌号")),
    Column("store", gettext_noop("门店"), False, (
        "store code", "home store", "开卡门店", "注册门店", "门店编码", "归属门店",
    )),
    Column("registered_at", gettext_noop("登记时间"), False, (
        "joined", "created at", "registered", "member since",
        "注册时间", "入会时间", "开卡时间", "注册日期", "入会日期",
    )),
)  # fmt: skip

# Numbers of a member list the chain keeps itself were checked when the card was made; other contact data was not.
_IDENTIFIERS = (
    ("phone", IdentifierKind.PHONE),
    ("email", IdentifierKind.EMAIL),
    ("member", IdentifierKind.MEMBER),
    ("unionid", IdentifierKind.UNIONID),
    ("plate", IdentifierKind.PLATE),
)
_VERIFIED = {IdentifierKind.MEMBER}
_TITLES = {"女": "女士", "f": "女士", "female": "女士", "男": "先生", "m": "先生", "male": "先生"}


class CustomerRows(SingleRows[NewCustomer]):
    kind = Kind.CUSTOMERS
    columns = COLUMNS

    def __init__(self, plan: Plan, context: Context) -> None:
        super().__init__(plan, context)
        self._source = plan.options.get("source") or "import"
        self._stores = Stores(plan.options.get("store", ""))

    def read(self, row: Row) -> NewCustomer:
        title = self.text(row, "title", 20)
        return NewCustomer(
            name=self.text(row, "name", 60),
            external_id=self.needed(row, "external_id"),
            identifiers=tuple(self._identifiers(row)),
            title=_TITLES.get(title.lower(), title),
            store=self._stores.id_of(row.cells[self.at("store")]),
            registered_at=self._registered(row),
        )

    def save(self, units: Sequence[Unit[NewCustomer]], counts: Counts) -> list[Fate | Plainly]:
        done = registered([unit.facts for unit in units], source=self._source, batch=self.context.batch)
        counts.remark("customers", done.created)
        counts.remark("malformed", len(done.malformed))
        return [self._fate(unit, done.new) for unit in units]

    def _fate(self, unit: Unit[NewCustomer], new: set[str]) -> Fate:
        """The first row of a new number brought it; a number told again changes nothing."""
        if unit.facts.external_id not in new:
            return Fate.ALREADY
        new.discard(unit.facts.external_id)
        return Fate.IMPORTED

    def _identifiers(self, row: Row) -> list[NewIdentifier]:
        found = ((kind, self.text(row, column)) for column, kind in _IDENTIFIERS)
        return [NewIdentifier(kind, values.code(text), kind in _VERIFIED) for kind, text in found if text]

    def _registered(self, row: Row) -> datetime | None:
        text = row.cells[self.at("registered_at")]
        if not text.strip():
            return None
        return values.believable(values.moment(text, order=self.date_order, zone=self.zone), now=clock.now())
