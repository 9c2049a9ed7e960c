"""Templates: drafted, opened, closed. What a coupon promises stays what it was when it was opened."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.rewards.contracts import CouponKind
from clothier.rewards.events import TemplateClosed, TemplateOpened
from clothier.rewards.models import Template, TemplateStep
from clothier.rewards.rules.terms import Goods


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What a template promises and how many there may be; the fields are the row's."""

    code: str
    name: str
    kind: CouponKind
    value: int = 0
    name_en: str = ""
    threshold_fen: int = 0
    most_fen: int | None = None
    goods: Goods = field(default_factory=Goods)
    stores: tuple[int, ...] = ()
    stacking: str = ""
    gift_sku: int | None = None
    limit_total: int | None = None
    limit_customer: int | None = None
    limit_day: int | None = None
    budget_fen: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    valid_days: int | None = None
    offline: bool = False


@transaction.atomic
def draft_template(*, facts: TemplateFacts, actor: int | None = None) -> Template:
    """A template nobody has coupons of yet. Raises Refused, naming the field, for a promise that cannot be kept."""
    _check(facts)
    if Template.objects.filter(code=facts.code).exists():
        raise Refused(_("已有这个编码的券模板"), field="code")
    template = Template.objects.create(**_columns(facts), created_at=clock.now())
    _step(template, actor, "")
    return template


@transaction.atomic
def edit_template(*, template: int, facts: TemplateFacts, actor: int | None = None) -> None:
    """Change a draft. Refused once it is open: customers hold what it promised."""
    _check(facts)
    if Template.objects.exclude(pk=template).filter(code=facts.code).exists():
        raise Refused(_("已有这个编码的券模板"), field="code")
    if not Template.objects.filter(pk=template, state=Template.State.DRAFT).update(**_columns(facts)):
        raise Refused(_("已经开始发放的券不能再改；请停发后新建一个"))


@transaction.atomic
def open_template(*, template: int, actor: int | None = None) -> None:
    """Coupons of it may be issued, from the draft or again after a stop. Opening an open one changes nothing."""
    row = _move(template, Template.State.OPEN, actor, "")
    if row:
        record(TemplateOpened(template_id=row.pk), subject=Ref("coupon_template", row.pk), actor=actor)


@transaction.atomic
def close_template(*, template: int, reason: str, actor: int | None = None) -> None:
    """No more are issued; what customers hold stays good."""
    if not reason.strip():
        raise Refused(_("请写明停发的原因"), field="reason")
    row = _move(template, Template.State.CLOSED, actor, reason.strip()[:120])
    if row:
        record(TemplateClosed(template_id=row.pk), subject=Ref("coupon_template", row.pk), actor=actor)


def _move(template: int, state: str, actor: int | None, reason: str) -> Template | None:
    if not Template.objects.filter(pk=template).exclude(state=state).update(state=state):
        return None
    row = Template.objects.get(pk=template)
    _step(row, actor, reason)
    return row


def _step(template: Template, actor: int | None, reason: str) -> None:
    TemplateStep.objects.create(template=template, state=template.state, at=clock.now(), by_id=actor, reason=reason)


def _columns(facts: TemplateFacts) -> dict[str, object]:
    told = {name: getattr(facts, name) for name in facts.__slots__}
    told.update(goods=facts.goods.told(), stores=sorted(facts.stores))
    told["gift_sku_id"] = told.pop("gift_sku")
    return told


def _check(facts: TemplateFacts) -> None:
    if facts.kind is CouponKind.AMOUNT and facts.value < 1:
        raise Refused(_("请填写减多少钱"), field="value")
    if facts.kind is CouponKind.PERCENT and not 1 <= facts.value <= 100:
        raise Refused(_("折扣是 1 到 100 之间的百分数"), field="value")
    if facts.kind is CouponKind.GIFT and facts.gift_sku is None:
        raise Refused(_("请选择赠品"), field="gift_sku")
    if facts.valid_until is None and facts.valid_days is None:
        raise Refused(_("请写明有效期：到哪天，或领取后几天"), field="valid_days")
    if facts.valid_from and facts.valid_until and facts.valid_from >= facts.valid_until:
        raise Refused(_("失效要晚于生效"), field="valid_until")
