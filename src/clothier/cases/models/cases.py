"""The case, what was said on it, and why it waited."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.cases.contracts import (
    OPEN_STATES,
    Holder,
    Kind,
    NoteKind,
    Origin,
    Severity,
    State,
    Topic,
    WaitingFor,
)
from clothier.cases.rules.course import Standing
from clothier.kernel import vault
from clothier.kernel.refs import Ref

KIND_NAMES = {
    Kind.COMPLAINT: pgettext_lazy("case", "投诉"),
    Kind.RETURN: pgettext_lazy("case", "退货"),
    Kind.EXCHANGE: pgettext_lazy("case", "换货"),
    Kind.REPAIR: pgettext_lazy("case", "维修"),
    Kind.CARE: pgettext_lazy("case", "洗护咨询"),
    Kind.INQUIRY: pgettext_lazy("case", "咨询"),
    Kind.LOST: pgettext_lazy("case", "失物"),
}
TOPIC_NAMES = {
    Topic.PRODUCT: pgettext_lazy("case topic", "商品"),
    Topic.SERVICE: pgettext_lazy("case topic", "服务"),
    Topic.LOGISTICS: pgettext_lazy("case topic", "物流"),
    Topic.PRICE: pgettext_lazy("case topic", "价格"),
    Topic.ENVIRONMENT: pgettext_lazy("case topic", "环境"),
}
SEVERITY_NAMES = {
    Severity.MINOR: pgettext_lazy("severity", "一般"),
    Severity.MODERATE: pgettext_lazy("severity", "较重"),
    Severity.SERIOUS: pgettext_lazy("severity", "重大"),
}
STATE_NAMES = {
    State.OPEN: pgettext_lazy("case state", "处理中"),
    State.WAITING: pgettext_lazy("case state", "等待"),
    State.SOLVED: pgettext_lazy("case state", "已办结，待确认"),
    State.CONFIRMED: pgettext_lazy("case state", "顾客已确认"),
    State.CLOSED: pgettext_lazy("case state", "已关闭"),
    State.WITHDRAWN: pgettext_lazy("case state", "顾客已撤回"),
}
ORIGIN_NAMES = {
    Origin.CHAT: pgettext_lazy("origin", "会话"),
    Origin.PHONE: pgettext_lazy("origin", "电话"),
    Origin.STORE: pgettext_lazy("origin", "门店"),
    Origin.TILL: pgettext_lazy("origin", "收银台"),
    Origin.KIOSK: pgettext_lazy("origin", "自助屏"),
    Origin.MEMBER: pgettext_lazy("origin", "会员页"),
    Origin.EMAIL: pgettext_lazy("origin", "邮件"),
    Origin.API: pgettext_lazy("origin", "接口"),
}
HOLDER_NAMES = {
    Holder.NONE: pgettext_lazy("holder", "无货品"),
    Holder.CUSTOMER: pgettext_lazy("holder", "在顾客手中"),
    Holder.SHOP: pgettext_lazy("holder", "在店里"),
    Holder.VENDOR: pgettext_lazy("holder", "在维修商处"),
}
WAITING_NAMES = {
    WaitingFor.CUSTOMER: pgettext_lazy("waiting", "等顾客"),
    WaitingFor.VENDOR: pgettext_lazy("waiting", "等供应商"),
    WaitingFor.COLLEAGUE: pgettext_lazy("waiting", "等同事"),
    WaitingFor.GOODS: pgettext_lazy("waiting", "等到货"),
}
NOTE_NAMES = {
    NoteKind.OPENING: pgettext_lazy("case note", "事由"),
    NoteKind.REPLY: pgettext_lazy("case note", "回复"),
    NoteKind.CUSTOMER: pgettext_lazy("case note", "顾客的话"),
    NoteKind.CALL: pgettext_lazy("case note", "电话记录"),
    NoteKind.SOLUTION: pgettext_lazy("case note", "方案"),
    NoteKind.INTERNAL: pgettext_lazy("case note", "内部备注"),
}
_LIVE = Q(state__in=OPEN_STATES)


def choices(names: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return list(names.items())


def numbered(case: int) -> str:
    """What people call a case by."""
    return f"S{case:06d}"


class Case(models.Model):
    """Something a customer came with, until it is over. Its columns up to `merged_into` are what its events add up to.

    Words are sealed with the case's own key; dropping it is erasure. `card` numbers the service cards: a link signed
    for an earlier one opens nothing any more.
    """

    kind = models.CharField(_("类型"), max_length=9, choices=choices(KIND_NAMES))
    topic = models.CharField(_("主题"), max_length=11, choices=choices(TOPIC_NAMES))
    severity = models.CharField(_("严重程度"), max_length=8, choices=choices(SEVERITY_NAMES))
    complex = models.BooleanField(_("复杂"), default=False)
    state = models.CharField(_("状态"), max_length=9, choices=choices(STATE_NAMES), default=State.OPEN)
    waiting_for = models.CharField(_("等谁"), max_length=9, choices=choices(WAITING_NAMES), blank=True)
    holder = models.CharField(_("货品在哪"), max_length=8, choices=choices(HOLDER_NAMES), blank=True)
    owner_id = models.BigIntegerField(_("负责人"), null=True)
    cause = models.SlugField(_("原因"), max_length=40, blank=True, db_index=False)
    offered = models.BooleanField(_("已给方案"), default=False)
    # Counts openings: the first and every reopening.
    round = models.PositiveSmallIntegerField(_("第几轮"), default=1)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False, verbose_name=_("并入")
    )
    origin = models.CharField(_("来自"), max_length=6, choices=choices(ORIGIN_NAMES))
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("门店")
    )
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    order_id = models.BigIntegerField(_("订单"), null=True)
    style_id = models.BigIntegerField(_("款式"), null=True)
    key = models.BinaryField(null=True)
    sealed = models.TextField(_("事由"), blank=True)
    card = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(_("开立时间"))
    opened_by = models.BigIntegerField(_("开立人"), null=True)
    changed_at = models.DateTimeField(_("最近变化"))
    closed_at = models.DateTimeField(_("关闭时间"), null=True)

    class Meta:
        verbose_name = _("服务单")
        verbose_name_plural = pgettext_lazy("plural", "服务单")
        indexes = [
            models.Index(fields=["owner_id", "-id"], name="case_open_owner", condition=_LIVE),
            models.Index(fields=["store", "-id"], name="case_open_store", condition=_LIVE),
            models.Index(fields=["-id"], name="case_open", condition=_LIVE),
            models.Index(fields=["store", "-id"], name="case_store"),
            models.Index(fields=["opened_at"], name="case_opened"),
            models.Index(fields=["store", "opened_at"], name="case_store_opened"),
            models.Index(fields=["customer_id", "-id"], name="case_customer", condition=Q(customer_id__isnull=False)),
            models.Index(fields=["style_id", "-id"], name="case_style", condition=Q(style_id__isnull=False)),
            models.Index(fields=["order_id"], name="case_order", condition=Q(order_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return numbered(self.pk)

    @property
    def ref(self) -> Ref:
        return Ref("case", self.pk)

    @property
    def standing(self) -> Standing:
        return Standing(**{name: getattr(self, name) for name in Standing.__slots__})

    def seal(self, text: str) -> str:
        """What is kept of words about a customer: nothing once the key is gone."""
        return vault.seal(bytes(self.key), text) if self.key and text else ""

    def unseal(self, sealed: str) -> str:
        return vault.unseal(bytes(self.key), sealed) if self.key and sealed else ""


class CaseNote(models.Model):
    """Words on a case: the customer's, ours to the customer, or among ourselves; sealed with the case's key."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes", verbose_name=_("服务单"))
    kind = models.CharField(_("类型"), max_length=8, choices=choices(NOTE_NAMES))
    channel = models.CharField(_("渠道"), max_length=10, blank=True)
    author_id = models.BigIntegerField(_("填写人"), null=True)
    sealed = models.TextField(_("内容"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("服务单记录")
        verbose_name_plural = pgettext_lazy("plural", "服务单记录")

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Waiting(models.Model):
    """A stretch in which we waited for somebody, and why; one at a time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="waitings", verbose_name=_("服务单"))
    waiting_for = models.CharField(_("等谁"), max_length=9, choices=choices(WAITING_NAMES))
    sealed = models.TextField(_("原因"))
    since = models.DateTimeField(_("开始"))
    until = models.DateTimeField(_("结束"), null=True)
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("等待")
        verbose_name_plural = pgettext_lazy("plural", "等待")
        constraints = [models.UniqueConstraint(fields=["case"], name="case_waits_once", condition=Q(until=None))]

    def __str__(self) -> str:
        return f"{self.case_id} {self.waiting_for}"


class CaseThread(models.Model):
    """A conversation in which a case is spoken of. One case of a conversation hears what is written there."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="threads", verbose_name=_("服务单"))
    thread_id = models.BigIntegerField(_("会话"))
    linked_at = models.DateTimeField(_("关联时间"))

    class Meta:
        verbose_name = _("关联会话")
        verbose_name_plural = pgettext_lazy("plural", "关联会话")
        constraints = [models.UniqueConstraint(fields=["case", "thread_id"], name="case_thread_once")]
        indexes = [models.Index(fields=["thread_id"], name="case_thread")]

    def __str__(self) -> str:
        return f"{self.case_id} ~ {self.thread_id}"
