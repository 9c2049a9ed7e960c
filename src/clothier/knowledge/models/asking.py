"""What people asked: without an answer, with a wrong one, and what they chose themselves.

Texts are kept as somebody typed them, with phone numbers, addresses and the like blanked before they are stored.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.knowledge.models.articles import Article


class Gap(models.Model):
    """A question nobody had written an answer to; alike ones are counted together. `text` is how it was first asked."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("gap", "待补充")
        ANSWERED = "answered", pgettext_lazy("gap", "已补充")
        DISMISSED = "dismissed", pgettext_lazy("gap", "不需要")

    text = models.CharField(pgettext_lazy("knowledge", "问题"), max_length=300)
    count = models.PositiveIntegerField(_("次数"), default=0)
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.OPEN)
    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, related_name="gaps", verbose_name=_("知识条目")
    )
    first_at = models.DateTimeField(_("首次提问"))
    last_at = models.DateTimeField(_("最近提问"))
    closed_at = models.DateTimeField(pgettext_lazy("knowledge", "处理时间"), null=True)
    closed_by = models.BigIntegerField(pgettext_lazy("knowledge", "处理人"), null=True)

    class Meta:
        verbose_name = _("未答问题")
        verbose_name_plural = _("未答问题")
        indexes = [models.Index(fields=["-count", "-id"], name="gap_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.text

    @property
    def ref(self) -> Ref:
        return Ref("gap", self.pk)


class Wording(models.Model):
    """One way an unanswered question was asked. `plain` is its normalised form, so that the same is counted once."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("未答问题"))
    plain = models.CharField(max_length=300, unique=True)
    text = models.CharField(_("问法"), max_length=300)
    channel = models.CharField(_("渠道"), max_length=12, blank=True)
    count = models.PositiveIntegerField(_("次数"), default=0)
    last_at = models.DateTimeField(_("最近提问"))

    class Meta:
        verbose_name = _("未答问法")
        verbose_name_plural = _("未答问法")

    def __str__(self) -> str:
        return self.text


class Mark(models.Model):
    """An answer somebody called false. It stays for ever as a test case: asked again, `right` should answer."""

    text = models.CharField(pgettext_lazy("knowledge", "问题"), max_length=300)
    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, related_name="marks", verbose_name=_("答错的条目")
    )
    right = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("正确的条目")
    )
    reason = models.CharField(pgettext_lazy("knowledge", "说明"), max_length=200, blank=True)
    channel = models.CharField(_("渠道"), max_length=12, blank=True)
    marked_by = models.BigIntegerField(_("标记人"), null=True)
    marked_at = models.DateTimeField(_("标记时间"))
    settled_at = models.DateTimeField(pgettext_lazy("knowledge", "处理时间"), null=True)
    settled_by = models.BigIntegerField(pgettext_lazy("knowledge", "处理人"), null=True)

    class Meta:
        verbose_name = _("答错记录")
        verbose_name_plural = _("答错记录")
        indexes = [models.Index(fields=["-id"], name="mark_open", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return self.text

    @property
    def ref(self) -> Ref:
        return Ref("mark", self.pk)


class Choice(models.Model):
    """Somebody said which of the articles offered was meant. `who` is a number for the person, so each counts once."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="choices", verbose_name=_("知识条目"))
    plain = models.CharField(max_length=300)
    text = models.CharField(_("问法"), max_length=300)
    who = models.CharField(max_length=40)
    chosen_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("点选")
        verbose_name_plural = _("点选")
        constraints = [models.UniqueConstraint(fields=["plain", "who"], name="choice_once_a_person")]

    def __str__(self) -> str:
        return f"{self.text} → {self.article_id}"
