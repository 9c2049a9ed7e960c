"""Versions of the house rules: what was said when, by whom, from when it holds, and who has acknowledged it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RulesVersion(models.Model):
    """One text of one document. A draft may change; once published, nothing but its withdrawal is written."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")

    document = models.CharField(_("文件"), max_length=40)
    number = models.PositiveIntegerField(_("版本"))
    text = models.TextField(_("内容"))
    summary = models.CharField(_("改动说明"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    written_by = models.BigIntegerField(_("起草人"), null=True)
    written_at = models.DateTimeField(_("起草时间"))
    published_by = models.BigIntegerField(_("发布人"), null=True)
    published_at = models.DateTimeField(_("发布时间"), null=True)
    effective_at = models.DateTimeField(_("生效时间"), null=True)
    restores = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("恢复自")
    )

    class Meta:
        verbose_name = _("规范版本")
        verbose_name_plural = _("规范版本")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="rules_number_once")]
        indexes = [models.Index(fields=["state", "document", "effective_at"], name="rules_in_force")]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"


class RulesAcknowledgement(models.Model):
    """An employee has read a published version."""

    version = models.ForeignKey(
        RulesVersion, on_delete=models.CASCADE, related_name="acknowledgements", verbose_name=_("规范版本")
    )
    employee_id = models.BigIntegerField(_("员工"))
    acknowledged_at = models.DateTimeField(_("确认时间"))

    class Meta:
        verbose_name = _("阅读确认")
        verbose_name_plural = _("阅读确认")
        constraints = [models.UniqueConstraint(fields=["version", "employee_id"], name="rules_acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.employee_id} → {self.version}"


class Edition(models.Model):
    """One row whose token changes with every publication: the only thing a process asks before trusting its cache."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token


class StoreTarget(models.Model):
    """A store's own, tighter time for a promise. Rows are kept when it is taken back."""

    promise_key = models.CharField(_("承诺"), max_length=40)
    store_id = models.BigIntegerField(_("门店"))
    seconds = models.PositiveIntegerField(_("秒"))
    reason = models.CharField(_("原因"), max_length=200)
    set_by = models.BigIntegerField(_("设定人"), null=True)
    set_at = models.DateTimeField(_("设定时间"))
    ended_at = models.DateTimeField(_("取消时间"), null=True)

    class Meta:
        verbose_name = _("门店加严")
        verbose_name_plural = _("门店加严")
        constraints = [
            models.UniqueConstraint(
                fields=["promise_key", "store_id"],
                condition=models.Q(ended_at__isnull=True),
                name="store_target_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise_key} @{self.store_id} ≤{self.seconds}s"


class PromiseVersion(models.Model):
    """One immutable wording of one promise. Its number is made from its content, so the same words are one row."""

    id = models.BigIntegerField(primary_key=True)
    key = models.CharField(_("承诺"), max_length=40)
    content = models.JSONField(_("内容"))
    first_seen_at = models.DateTimeField(_("首次使用"))

    class Meta:
        verbose_name = _("承诺版本")
        verbose_name_plural = _("承诺版本")

    def __str__(self) -> str:
        return self.key


class CalendarVersion(models.Model):
    """One immutable calendar with everything it inherits, numbered from its content."""

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(_("日历"), max_length=40)
    content = models.JSONField(_("内容"))
    first_seen_at = models.DateTimeField(_("首次使用"))

    class Meta:
        verbose_name = _("日历版本")
        verbose_name_plural = _("日历版本")

    def __str__(self) -> str:
        return self.code
