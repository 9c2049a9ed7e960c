"""What was said, what came with it, and how far it has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.conversations.contracts import Author, DispatchState
from clothier.conversations.models.threads import Contact

AUTHOR_NAMES = {
    Author.CUSTOMER: _("顾客"),
    Author.AGENT: _("客服"),
    Author.BOT: _("机器人"),
    Author.SYSTEM: _("系统"),
}
DISPATCH_NAMES = {
    DispatchState.QUEUED: pgettext_lazy("message", "待发送"),
    DispatchState.SENT: pgettext_lazy("message", "已发送"),
    DispatchState.FAILED: pgettext_lazy("message", "发送失败"),
    DispatchState.DELIVERED: pgettext_lazy("message", "已送达"),
    DispatchState.READ: pgettext_lazy("message", "已读"),
}


class Message(models.Model):
    """One message, or an internal note. It hangs on the address it was exchanged with, and goes where that goes.

    `external_id` is its number at the channel: repeated it is the same message. `at` is when we had it; what a channel
    says of earlier is `occurred_at`.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="messages", db_index=False, verbose_name=_("联系方式")
    )
    channel = models.SlugField(_("渠道"), max_length=10, db_index=False)
    external_id = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 - unique, or none
    author = models.CharField(_("作者"), max_length=8, choices=AUTHOR_NAMES.items())
    employee = models.ForeignKey(
        "staff.Employee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("客服"),
    )
    internal = models.BooleanField(_("内部备注"), default=False)
    sealed = models.TextField()
    files = models.PositiveSmallIntegerField(default=0)
    occurred_at = models.DateTimeField(_("发生时间"))
    at = models.DateTimeField(_("收到时间"))
    # What it stands on: the articles and facts that the bot answered from; `about`, the matter that a notice is of.
    sources = models.JSONField(default=dict, blank=True)
    indexed = models.BooleanField(default=False)
    # An internal note that its author took back: its words are gone.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "消息")
        verbose_name_plural = pgettext_lazy("conversation", "消息")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                condition=Q(external_id__isnull=False),
                name="message_once_a_channel",
            )
        ]
        indexes = [
            models.Index(fields=["contact", "-id"], name="message_contact"),
            models.Index(fields=["id"], name="message_unindexed", condition=Q(indexed=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attachment(models.Model):
    """A file of a message. Its content lies sealed beside the database under `digest`'s name."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    sealed_name = models.TextField()
    media_type = models.CharField(_("类型"), max_length=60)
    size = models.PositiveIntegerField(_("大小"))
    stored = models.CharField(max_length=80)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "附件")
        verbose_name_plural = pgettext_lazy("conversation", "附件")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Dispatch(models.Model):
    """A reply on its way to the customer. The due time doubles as the lease of whoever is sending it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="dispatch", primary_key=True)
    state = models.CharField(_("状态"), max_length=9, choices=DISPATCH_NAMES.items(), default=DispatchState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("到期"), null=True, blank=True)
    # The number the channel gave it, by which it reports what became of it.
    number = models.CharField(max_length=120, blank=True)
    # How many of its parts (the words, then each file) have gone, where the channel takes them one by one.
    parts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("错误"), blank=True)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = pgettext_lazy("message", "发送")
        verbose_name_plural = pgettext_lazy("message", "发送")
        indexes = [
            models.Index(fields=["due_at", "message"], name="dispatch_due", condition=Q(state=DispatchState.QUEUED)),
            models.Index(fields=["-message"], name="dispatch_failed", condition=Q(state=DispatchState.FAILED)),
            models.Index(fields=["number"], name="dispatch_number", condition=~Q(number="")),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.message_id}"
