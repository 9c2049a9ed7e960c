"""What a case led to: compensation and who allowed it, attempts to hear the customer's word, the rating, links."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.cases.contracts import CompensationState, Form, Relation
from clothier.cases.models.cases import Case, choices

FORM_NAMES = {
    Form.COUPON: pgettext_lazy("compensation", "优惠券"),
    Form.POINTS: pgettext_lazy("compensation", "积分"),
    Form.SERVICE: pgettext_lazy("compensation", "服务"),
    Form.MONEY: pgettext_lazy("compensation", "退款"),
}
COMPENSATION_NAMES = {
    CompensationState.ASKED: pgettext_lazy("compensation", "待批准"),
    CompensationState.APPROVED: pgettext_lazy("compensation", "已批准，待发放"),
    CompensationState.REFUSED: pgettext_lazy("compensation", "未批准"),
    CompensationState.ISSUED: pgettext_lazy("compensation", "已发放"),
}
RELATION_NAMES = {
    Relation.DUPLICATE: pgettext_lazy("relation", "重复"),
    Relation.SIBLING: pgettext_lazy("relation", "同类"),
}


class Compensation(models.Model):
    """Something given to make up for a case, in fen. Issued once: `document` says what it became.

    `person_id` is the person at the time: what one person was given within the rule's days is one sum.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="compensations", verbose_name=_("服务单"))
    person_id = models.BigIntegerField(_("顾客"), null=True)
    form = models.CharField(_("形式"), max_length=7, choices=choices(FORM_NAMES))
    fen = models.BigIntegerField(_("金额"))
    state = models.CharField(_("状态"), max_length=8, choices=choices(COMPENSATION_NAMES))
    sealed = models.TextField(_("理由"))
    asked_by = models.BigIntegerField(_("申请人"), null=True)
    asked_at = models.DateTimeField(_("申请时间"))
    # Whose authority it stands on, and therefore whose budget it comes out of.
    granted_by = models.BigIntegerField(_("批准人"), null=True)
    issued_at = models.DateTimeField(_("发放时间"), null=True)
    document = models.CharField(_("凭证"), max_length=60, blank=True)
    problem = models.CharField(_("未能发放的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("补偿")
        verbose_name_plural = pgettext_lazy("plural", "补偿")
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="compensation_something")]
        indexes = [
            models.Index(fields=["person_id", "asked_at"], name="compensation_person"),
            models.Index(fields=["id"], name="compensation_asked", condition=Q(state__in=["asked", "approved"])),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form} {self.fen}"


class Approval(models.Model):
    """Somebody's decision about a compensation that was above what its giver may give alone."""

    compensation = models.OneToOneField(
        Compensation, on_delete=models.CASCADE, related_name="approval", verbose_name=_("补偿")
    )
    approved = models.BooleanField(pgettext_lazy("approval", "同意"))
    role = models.CharField(_("以何权限"), max_length=20)
    sealed = models.TextField(_("意见"), blank=True)
    decided_by = models.BigIntegerField(_("决定人"), null=True)
    decided_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("批准")
        verbose_name_plural = pgettext_lazy("plural", "批准")

    def __str__(self) -> str:
        return f"{self.compensation_id} {self.approved}"


class Budget(models.Model):
    """What one employee has given on their own authority in a month, and who waits for whom while it is counted."""

    employee_id = models.BigIntegerField(_("员工"))
    month = models.DateField(_("月份"))
    fen = models.BigIntegerField(_("已给"), default=0)

    class Meta:
        verbose_name = _("补偿预算")
        verbose_name_plural = pgettext_lazy("plural", "补偿预算")
        constraints = [models.UniqueConstraint(fields=["employee_id", "month"], name="budget_once_a_month")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.month:%Y-%m}"


class Recipient(models.Model):
    """A person who was given something: the row that two colleagues giving at once wait for."""

    person_id = models.BigIntegerField(_("顾客"), primary_key=True)

    class Meta:
        verbose_name = _("补偿对象")
        verbose_name_plural = pgettext_lazy("plural", "补偿对象")

    def __str__(self) -> str:
        return str(self.person_id)


class Attempt(models.Model):
    """One attempt to hear from the customer whether the result is right."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("服务单"))
    round = models.PositiveSmallIntegerField(_("第几轮"), default=1)
    channel = models.CharField(_("渠道"), max_length=10)
    sealed = models.TextField(_("说明"), blank=True)
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("确认尝试")
        verbose_name_plural = pgettext_lazy("plural", "确认尝试")

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel}"


class Rating(models.Model):
    """How satisfied the customer was, asked and given once."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="rating", verbose_name=_("服务单"))
    score = models.PositiveSmallIntegerField(_("满意度"))
    sealed = models.TextField(_("评语"), blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("服务单评价")
        verbose_name_plural = pgettext_lazy("plural", "服务单评价")
        constraints = [models.CheckConstraint(condition=Q(score__range=(1, 5)), name="rating_one_to_five")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.score}"


class CaseLink(models.Model):
    """Two cases that belong together; the older one is `a`."""

    a = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_as_a", verbose_name=_("服务单"))
    b = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_as_b", verbose_name=_("服务单"))
    relation = models.CharField(_("关系"), max_length=9, choices=choices(RELATION_NAMES))
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("服务单关联")
        verbose_name_plural = pgettext_lazy("plural", "服务单关联")
        constraints = [models.UniqueConstraint(fields=["a", "b"], name="case_link_once")]

    def __str__(self) -> str:
        return f"{self.a_id} ~ {self.b_id}"
