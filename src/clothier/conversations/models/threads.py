"""Conversations, and the addresses they are held with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.conversations.contracts import State
from clothier.kernel.refs import Ref

STATE_NAMES = {
    State.BOT: pgettext_lazy("conversation", "机器人接待"),
    State.WAITING: pgettext_lazy("conversation", "排队中"),
    State.HELD: pgettext_lazy("conversation", "人工接待"),
    State.CLOSED: pgettext_lazy("conversation", "已结束"),
}


class Thread(models.Model):
    """All that is said with one customer, on whatever channel; with a stranger until somebody is known.

    It is there once for a record of a customer and never goes: closed and opened again it stays the same. When records
    turn out to be one person their conversations are `joined_to` the oldest, and apart again when they are not.
    """

    customer_id = models.BigIntegerField(_("顾客"), null=True, blank=True)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined")
    store = models.ForeignKey(
        "places.Store",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("门店"),
    )
    state = models.CharField(_("状态"), max_length=7, choices=STATE_NAMES.items(), default=State.BOT)
    employee = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("客服"),
    )
    # The address that wrote last: replies go there.
    contact = models.ForeignKey(
        "conversations.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    topic = models.SlugField(_("话题"), max_length=40, blank=True, db_index=False)
    priority = models.PositiveSmallIntegerField(_("优先"), default=0)
    opened_at = models.DateTimeField(_("开始时间"))
    last_at = models.DateTimeField(_("最近消息"))
    last_message = models.ForeignKey(
        "conversations.Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    waiting_since = models.DateTimeField(_("等待回复自"), null=True, blank=True)
    # Answers in a row that did not help; the bot counts, a person's reply clears.
    misses = models.PositiveSmallIntegerField(default=0)
    snoozed_until = models.DateTimeField(_("稍后处理"), null=True, blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    # The last message the customer has seen.
    seen_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "会话")
        verbose_name_plural = pgettext_lazy("conversation", "会话")
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id"], condition=Q(customer_id__isnull=False), name="thread_once_a_customer"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD) | Q(employee__isnull=False), name="thread_held_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["employee", "-last_at", "-id"], name="thread_mine", condition=Q(state=State.HELD)),
            models.Index(fields=["state", "-last_at", "-id"], name="thread_state"),
            models.Index(
                fields=["-priority", "waiting_since", "id"], name="thread_queue", condition=Q(state=State.WAITING)
            ),
            models.Index(fields=["snoozed_until"], name="thread_snoozed", condition=Q(snoozed_until__isnull=False)),
            models.Index(fields=["joined_to"], name="thread_joined", condition=Q(joined_to__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def ref(self) -> Ref:
        return Ref("chat", self.pk)

    @property
    def with_person(self) -> bool:
        """Somebody has it, or the customer waits for somebody."""
        return self.state in (State.WAITING, State.HELD)


class Contact(models.Model):
    """An address that writes to us on one channel: an e-mail address, a phone number, a browser.

    `key` seals everything said with it; without the key nothing can be read again, which is what erasure means. The
    address is found by its keyed hash. `proven`: the channel vouches for it, so that personal facts may be told there.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("会话"))
    channel = models.SlugField(_("渠道"), max_length=10, db_index=False)
    hash = models.CharField(max_length=32)
    key = models.BinaryField(null=True)
    sealed = models.TextField()
    sealed_name = models.TextField(blank=True)
    customer_id = models.BigIntegerField(_("顾客"), null=True, blank=True)
    proven = models.BooleanField(_("身份可信"), default=False)
    heard_at = models.DateTimeField(_("最近来信"), null=True, blank=True)
    # Replies since the customer last wrote: some channels allow only a few.
    replies = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "联系方式")
        verbose_name_plural = pgettext_lazy("conversation", "联系方式")
        constraints = [models.UniqueConstraint(fields=["hash", "channel"], name="contact_once")]
        indexes = [
            models.Index(fields=["customer_id"], name="contact_customer", condition=Q(customer_id__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"
