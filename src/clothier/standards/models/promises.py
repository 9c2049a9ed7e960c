"""Promises as they run: the instance with its cached state, the facts it is computed from, timers and verdicts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref


class Promise(models.Model):
    """One promise to one customer about one thing.

    The versions are pinned when it starts. Everything below `cycle` is a cache of `evaluate` over its clock events;
    `services.repair` rewrites it and `selectors.replay_differences` proves it.
    """

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("state", "计时中")
        PAUSED = "paused", pgettext_lazy("state", "暂停")
        KEPT = "kept", pgettext_lazy("state", "已做到")
        BROKEN = "broken", pgettext_lazy("state", "未守住")
        CANCELLED = "cancelled", pgettext_lazy("state", "已取消")
        WAIVED = "waived", pgettext_lazy("state", "已豁免")

    key = models.CharField(_("承诺"), max_length=40)
    # Nobody asks for all promises of a version, and every promise begun would pay for an index.
    version = models.ForeignKey(
        "standards.PromiseVersion", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    calendar = models.ForeignKey(
        "standards.CalendarVersion", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True
    )
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    # Which turn of a cadence this is ("2026-W47"); empty for promises that events start.
    period = models.CharField(_("周期"), max_length=10, blank=True)
    store_id = models.BigIntegerField(_("门店"), null=True)
    zone_id = models.BigIntegerField(_("区位"), null=True)
    customer_id = models.BigIntegerField(_("顾客"), null=True)
    owner_id = models.BigIntegerField(_("负责人"), null=True)
    channel = models.CharField(_("渠道"), max_length=20, blank=True)
    severity = models.CharField(_("严重程度"), max_length=20, blank=True)
    tier = models.CharField(_("会员等级"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("创建时间"))

    cycle = models.PositiveSmallIntegerField(_("轮次"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RUNNING)
    target_seconds = models.PositiveIntegerField(_("时限（秒）"))
    started_at = models.DateTimeField(_("开始"))
    due_at = models.DateTimeField(_("到期"), null=True)
    settled_at = models.DateTimeField(_("判定时间"), null=True)
    closed_at = models.DateTimeField(_("了结时间"), null=True)
    final_at = models.DateTimeField(_("定案时间"), null=True)
    elapsed_seconds = models.PositiveIntegerField(_("用时（秒）"), default=0)
    acknowledged_at = models.DateTimeField(_("知悉时间"), null=True)
    # The next thing that happens by itself: the breach, a rung of the ladder, the end of a pause. The sweeper's index.
    next_at = models.DateTimeField(null=True)
    # The moment `evaluate` was last asked about: a replay of the same facts at it must give these very columns.
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("服务承诺")
        verbose_name_plural = _("服务承诺")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "key", "period"],
                condition=Q(closed_at__isnull=True),
                name="promise_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "key"], name="promise_subject"),
            models.Index(
                fields=["customer_id", "key"],
                name="promise_customer_open",
                condition=Q(closed_at__isnull=True, customer_id__isnull=False),
            ),
            models.Index(
                fields=["owner_id", "key", "-id"],
                name="promise_owner_open",
                condition=Q(closed_at__isnull=True, owner_id__isnull=False),
            ),
            models.Index(fields=["store_id", "due_at", "id"], name="promise_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["next_at", "id"], name="promise_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["store_id", "-id"], name="promise_store"),
            models.Index(fields=["store_id", "state", "-id"], name="promise_store_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.subject_kind}:{self.subject_id}"

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_kind, self.subject_id)


class ClockEvent(models.Model):
    """A fact that moves a promise's clock. Appended, never changed; `evaluate` reads nothing else."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="clock_events")
    kind = models.CharField(_("作用"), max_length=12)
    at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    entry_id = models.BigIntegerField(_("事件"), null=True)
    actor_id = models.BigIntegerField(_("员工"), null=True)
    part = models.PositiveSmallIntegerField(default=0)
    seconds = models.PositiveIntegerField(null=True)
    reason = models.CharField(_("原因"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("计时事件")
        verbose_name_plural = _("计时事件")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%H:%M:%S}"


class Timer(models.Model):
    """A step that fired: the breach (0) or a rung of the ladder (1…); when it should have, when it did, who was told.

    What has yet to fire is no row: it follows from the facts, and the promise's `next_at` says when to look again.
    """

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, db_index=False, related_name="timers")
    step = models.SmallIntegerField(_("步骤"))
    cycle = models.PositiveSmallIntegerField(_("轮次"), default=1)
    fire_at = models.DateTimeField(_("应触发"))
    fired_at = models.DateTimeField(_("已触发"))
    role = models.CharField(_("角色"), max_length=40, blank=True)
    employee_ids = models.JSONField(_("通知到"), default=list)

    class Meta:
        verbose_name = _("定时")
        verbose_name_plural = _("定时")
        constraints = [models.UniqueConstraint(fields=["promise", "step", "cycle"], name="timer_once_a_cycle")]

    def __str__(self) -> str:
        return f"{self.step} {self.fire_at:%H:%M:%S}"


class Verdict(models.Model):
    """How one cycle of a promise ended. Immutable: before `final_at` a late fact adds a revision, then nothing does."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, db_index=False, related_name="verdicts")
    cycle = models.PositiveSmallIntegerField(_("轮次"))
    revision = models.PositiveSmallIntegerField(_("修订"), default=1)
    outcome = models.CharField(_("结果"), max_length=10)
    target_seconds = models.PositiveIntegerField(_("时限（秒）"))
    elapsed_seconds = models.PositiveIntegerField(_("用时（秒）"))
    due_at = models.DateTimeField(_("到期"), null=True)
    settled_at = models.DateTimeField(_("判定时间"))
    final_at = models.DateTimeField(_("定案时间"))
    given_at = models.DateTimeField(_("写入时间"))

    class Meta:
        verbose_name = _("判定")
        verbose_name_plural = _("判定")
        constraints = [models.UniqueConstraint(fields=["promise", "cycle", "revision"], name="verdict_once")]
        indexes = [models.Index(fields=["settled_at"], name="verdict_settled")]

    def __str__(self) -> str:
        return f"{self.outcome} #{self.promise_id}"


class Waiver(models.Model):
    """Somebody asks that a broken promise not count, and somebody else agrees or not."""

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="waivers")
    cycle = models.PositiveSmallIntegerField(_("轮次"))
    reason = models.CharField(_("原因"), max_length=400)
    asked_by = models.BigIntegerField(_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    decided_by = models.BigIntegerField(_("审批人"), null=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True)

    class Meta:
        verbose_name = _("豁免")
        verbose_name_plural = _("豁免")
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "cycle"], condition=~Q(state="refused"), name="waiver_one_a_cycle"
            )
        ]
        indexes = [models.Index(fields=["id"], name="waiver_asked", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return f"{self.state} #{self.promise_id}"


class Acknowledgement(models.Model):
    """Somebody has seen it and takes it on: the ladder stops, or starts again after a while if the rule says so."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="acknowledgements")
    cycle = models.PositiveSmallIntegerField(_("轮次"))
    employee_id = models.BigIntegerField(_("员工"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("知悉")
        verbose_name_plural = _("知悉")

    def __str__(self) -> str:
        return f"{self.employee_id} → #{self.promise_id}"


class CadenceTurn(models.Model):
    """A cadence has been opened for one period in one store (none: the chain). Unique, so two workers open it once."""

    cadence = models.CharField(_("例行事项"), max_length=40)
    store_id = models.BigIntegerField(_("门店"), default=0)
    period = models.CharField(_("周期"), max_length=10)
    opened_at = models.DateTimeField(_("开始"))

    class Meta:
        verbose_name = _("例行轮次")
        verbose_name_plural = _("例行轮次")
        constraints = [models.UniqueConstraint(fields=["cadence", "store_id", "period"], name="cadence_turn_once")]

    def __str__(self) -> str:
        return f"{self.cadence} {self.period}"
