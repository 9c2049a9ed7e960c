"""The work on conversations: hand-overs, who has read what, mentions, tags, saved replies."""

from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.conversations.contracts import Reason
from clothier.conversations.models.messages import Message
from clothier.conversations.models.threads import Contact, Thread

REASON_NAMES = {
    Reason.ASKED: pgettext_lazy("handover", "顾客要求"),
    Reason.UNSURE: pgettext_lazy("handover", "没有把握"),
    Reason.MISSES: pgettext_lazy("handover", "连续两次没答上"),
    Reason.ANGER: pgettext_lazy("handover", "情绪激动"),
    Reason.VIP: pgettext_lazy("handover", "重要顾客"),
    Reason.HOURS: pgettext_lazy("handover", "非服务时间"),
    Reason.SHIFT: pgettext_lazy("handover", "客服下班"),
}


class Handover(models.Model):
    """A person was asked for: why, by whom, and what the person should know, sealed."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="handovers")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(_("原因"), max_length=6, choices=REASON_NAMES.items())
    sealed = models.TextField(blank=True)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = pgettext_lazy("conversation", "转人工")
        verbose_name_plural = pgettext_lazy("conversation", "转人工")
        indexes = [models.Index(fields=["at"], name="handover_time")]

    def __str__(self) -> str:
        return f"{self.reason} {self.thread_id}"


class Read(models.Model):
    """How far a colleague has read a conversation."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="reads")
    employee = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, related_name="+", db_index=False)
    upto = models.BigIntegerField()

    class Meta:
        verbose_name = pgettext_lazy("conversation", "阅读进度")
        verbose_name_plural = pgettext_lazy("conversation", "阅读进度")
        constraints = [models.UniqueConstraint(fields=["thread", "employee"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.upto}"


class Writing(models.Model):
    """Somebody is writing at this moment: a colleague, or the customer (no employee). Gone when `until` has passed."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="writing")
    employee_id = models.BigIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("conversation", "正在输入")
        verbose_name_plural = pgettext_lazy("conversation", "正在输入")
        constraints = [models.UniqueConstraint(fields=["thread", "employee_id"], name="writing_once")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.employee_id}"


class Mention(models.Model):
    """A colleague is asked to look at an internal note."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    employee = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, related_name="+", db_index=False)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "提及")
        verbose_name_plural = pgettext_lazy("conversation", "提及")
        constraints = [models.UniqueConstraint(fields=["employee", "message"], name="mention_once")]

    def __str__(self) -> str:
        return f"@{self.employee_id} {self.message_id}"


class Tag(models.Model):
    """A word on a conversation."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(_("标签"), max_length=20)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "标签")
        verbose_name_plural = pgettext_lazy("conversation", "标签")
        constraints = [models.UniqueConstraint(fields=["thread", "word"], name="thread_tag_once")]

    def __str__(self) -> str:
        return self.word


class SavedReply(models.Model):
    """Words that are often needed, with variables: {name}, {agent}, {store}. Everybody's, or one colleague's own."""

    title = models.CharField(_("标题"), max_length=40)
    text = models.TextField(_("中文"))
    text_en = models.TextField(_("英文"), blank=True)
    topic = models.SlugField(_("话题"), max_length=40, blank=True, db_index=False)
    owner = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("快捷回复")
        verbose_name_plural = _("快捷回复")

    def __str__(self) -> str:
        return self.title

    @property
    def wording(self) -> str:
        """By which one knows that it still reads as it did."""
        return sha256("\0".join((self.title, self.text, self.text_en)).encode()).hexdigest()[:16]


class Flag(models.Model):
    """The language guard pointed at a reply that was sent: which rule, how gravely, and the reason if it was insisted
    on. What a colleague changed before sending leaves nothing here.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="flags")
    # Of the message, so that a month of somebody's words is found without reading all that was ever said.
    employee = models.ForeignKey(
        "staff.Employee", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    rule = models.SlugField(max_length=40, db_index=False)
    severity = models.CharField(max_length=8)
    reason = models.CharField(_("坚持发送的理由"), max_length=120, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "用语提示")
        verbose_name_plural = pgettext_lazy("conversation", "用语提示")
        constraints = [models.UniqueConstraint(fields=["message", "rule"], name="flag_once")]
        indexes = [models.Index(fields=["employee", "at"], name="flag_person_time")]

    def __str__(self) -> str:
        return f"{self.rule} {self.message_id}"
