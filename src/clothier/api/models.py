"""Machines that talk to us, and machines we talk to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel import clock


class ApiKey(models.Model):
    """A machine's key. Only a hash of its secret is kept: it is shown once, when it is made."""

    name = models.CharField(_("用途"), max_length=60)
    prefix = models.CharField(_("前缀"), max_length=12, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("权限"), default=list)
    stores = models.JSONField(_("门店"), null=True, blank=True, help_text=_("留空表示全部门店"))
    created_at = models.DateTimeField(_("创建时间"), editable=False)
    created_by = models.ForeignKey(
        "staff.Employee",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("创建人"),
    )
    expires_at = models.DateTimeField(_("到期"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("接口密钥")
        verbose_name_plural = _("接口密钥")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"


class Repetition(models.Model):
    """An Idempotency-Key a machine used, with a digest of what it asked: the same key may not mean two things."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=40)
    request_hash = models.CharField(max_length=40)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["api_key", "key_hash"], name="repetition_once_a_key")]

    def __str__(self) -> str:
        return self.key_hash


class Subscription(models.Model):
    """Where a type of event is posted to. The secret that signs is sealed.

    For a while after a change the secret before signs as well, so that the other side can change in its own time.
    """

    url = models.URLField(_("地址"), max_length=300)
    types = models.JSONField(_("事件"), default=list)
    stores = models.JSONField(_("门店"), null=True, blank=True, help_text=_("留空表示全部门店"))
    sealing_key = models.BinaryField(editable=False)
    sealed_secret = models.CharField(max_length=200, editable=False)
    sealed_before = models.CharField(max_length=200, editable=False, blank=True)
    before_until = models.DateTimeField(_("旧密钥用到"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("创建时间"), editable=False)
    paused_at = models.DateTimeField(_("暂停时间"), null=True, blank=True)
    # The last entry before it began: a new subscriber is not told the past.
    after = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("外发订阅")
        verbose_name_plural = _("外发订阅")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.url

    def both_sign(self) -> bool:
        """Whether the secret before still signs beside the new one."""
        return bool(self.before_until and self.before_until > clock.now())


class Reading(models.Model):
    """How far a reader of the log has come: everything up to `settled` was seen to."""

    name = models.CharField(max_length=40, primary_key=True)
    settled = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """One entry owed to one subscription. Tried with growing pauses; parked when it keeps failing."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        SENT = "sent", _("已送达")
        PARKED = "parked", _("搁置")
        LET_GO = "let_go", pgettext_lazy("webhook", "放弃")

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="postings", verbose_name=_("订阅")
    )
    entry_id = models.BigIntegerField(_("事件"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("到期"))
    status = models.PositiveSmallIntegerField(_("应答状态"), null=True)
    error = models.CharField(_("错误"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("送达时间"), null=True)

    class Meta:
        verbose_name = _("外发记录")
        verbose_name_plural = _("外发记录")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["subscription", "entry_id"], name="posting_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="posting_due", condition=models.Q(state="waiting")),
            models.Index(fields=["id"], name="posting_parked", condition=models.Q(state="parked")),
            models.Index(fields=["due_at"], name="posting_done", condition=models.Q(state__in=["sent", "let_go"])),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} ← {self.entry_id}"
