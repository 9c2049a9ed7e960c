"""The log and what it still owes its handlers."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from clothier.eventlog.contracts import Event, parse
from clothier.kernel.refs import Ref


class Entry(models.Model):
    """One event, written once and never changed."""

    type = models.CharField(_("事件"), max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    store_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    occurred_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    key = models.CharField(max_length=80, null=True)  # noqa: DJ001 - most have none
    payload = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")
        # Without the many that have none: they would pay for it, and to a planner whose statistics are of a log without
        # keys a whole index of NULLs finds nothing, so it reads the log instead.
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(key__isnull=False), name="entry_key_once")
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="entry_subject"),
            models.Index(
                fields=["customer_id", "-occurred_at", "-id"],
                name="entry_customer",
                condition=models.Q(customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} #{self.pk}"

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_kind, self.subject_id)

    @property
    def event(self) -> Event:
        return parse(self.type, self.payload)


class Delivery(models.Model):
    """An entry that a deferred handler has yet to see. Deleted in the transaction that holds the handler's effect."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        PARKED = "parked", _("搁置")

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="deliveries", db_index=False, verbose_name=_("事件")
    )
    handler = models.CharField(_("处理程序"), max_length=60)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("到期"))
    error = models.TextField(_("错误"), blank=True)

    class Meta:
        verbose_name = _("待投递")
        verbose_name_plural = _("待投递")
        constraints = [models.UniqueConstraint(fields=["entry", "handler"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.handler} ← {self.entry_id}"
