"""Who read what about whom, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clothier.customers.models.people import Customer


class AccessRecord(models.Model):
    class What(models.TextChoices):
        CARD = "card", _("查看顾客卡")
        PROFILE = "profile", _("查看档案")
        TIMELINE = "timeline", _("查看动态")
        UNMASK = "unmask", _("查看完整联系方式")
        VAULT = "vault", _("查看身材与生日")
        EXPORT = "export", _("导出资料")
        LIST = "list", _("导出名单")

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, null=True, related_name="reads", db_index=False, verbose_name=_("顾客")
    )
    user_id = models.BigIntegerField(_("登录账号"), null=True)
    employee_id = models.BigIntegerField(_("员工"), null=True)
    role = models.CharField(_("角色"), max_length=12)
    what = models.CharField(_("内容"), max_length=8, choices=What)
    purpose = models.CharField(_("目的"), max_length=80)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("访问记录")
        verbose_name_plural = _("访问记录")
        indexes = [
            models.Index(fields=["customer", "-id"], name="access_customer"),
            models.Index(fields=["employee_id", "-id"], name="access_employee"),
            models.Index(fields=["what", "at"], name="access_what"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.what} {self.customer_id}"


class Erasure(models.Model):
    """A customer asked to be forgotten. Until `due_at` it can be called off; then nothing brings the data back."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="erasures", verbose_name=_("顾客"))
    reason = models.CharField(_("原因"), max_length=120)
    requested_at = models.DateTimeField(_("申请时间"))
    requested_by = models.BigIntegerField(_("经办人"), null=True)
    due_at = models.DateTimeField(_("执行时间"))
    cancelled_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("删除申请")
        verbose_name_plural = _("删除申请")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(cancelled_at=None, done_at=None),
                name="erasure_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} → {self.customer_id}"
