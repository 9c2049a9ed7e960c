"""Articles: what may be answered, each text kept, and which text speaks from when until when."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref
from clothier.kernel.words import either


class Article(models.Model):
    """One question the shop has an answer to. What it says is in its versions; this row says who may read it."""

    class Topic(models.TextChoices):
        RETURNS = "returns", pgettext_lazy("topic", "退换")
        AFTERSALES = "aftersales", pgettext_lazy("topic", "售后维修")
        SIZES = "sizes", pgettext_lazy("topic", "尺码")
        CARE = "care", pgettext_lazy("topic", "洗护")
        QUALITY = "quality", pgettext_lazy("topic", "质量")
        ORDERS = "orders", pgettext_lazy("topic", "订单物流")
        PAYMENT = "payment", pgettext_lazy("topic", "付款发票")
        MEMBERS = "members", pgettext_lazy("topic", "会员积分")
        OFFERS = "offers", pgettext_lazy("topic", "优惠")
        STORES = "stores", pgettext_lazy("topic", "门店服务")
        PRIVACY = "privacy", pgettext_lazy("topic", "隐私")
        OTHER = "other", pgettext_lazy("topic", "其他")

    class Audience(models.TextChoices):
        CUSTOMER = "customer", pgettext_lazy("audience", "顾客")
        STAFF = "staff", pgettext_lazy("audience", "仅员工")

    key = models.SlugField(_("编码"), max_length=60, unique=True)
    topic = models.CharField(_("主题"), max_length=12, choices=Topic, default=Topic.OTHER)
    audience = models.CharField(_("谁能看"), max_length=8, choices=Audience, default=Audience.CUSTOMER)
    # Channel codes; empty: every channel.
    channels = models.JSONField(_("渠道"), default=list, blank=True)
    created_at = models.DateTimeField(_("创建时间"))
    touched_at = models.DateTimeField(_("最近改动"))

    class Meta:
        verbose_name = _("知识条目")
        verbose_name_plural = _("知识条目")
        indexes = [models.Index(fields=["-touched_at", "-id"], name="article_touched")]

    def __str__(self) -> str:
        return self.key

    @property
    def ref(self) -> Ref:
        return Ref("article", self.pk)


class Version(models.Model):
    """One text of an article. Never rewritten: another text is another version."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions", verbose_name=_("知识条目"))
    number = models.PositiveIntegerField(_("版本"))
    question = models.CharField(pgettext_lazy("knowledge", "问题"), max_length=200)
    question_en = models.CharField(_("英文问题"), max_length=300, blank=True)
    # Other ways to ask the same, in any language.
    variants = models.JSONField(_("其他问法"), default=list, blank=True)
    answer = models.TextField(_("答案"))
    answer_en = models.TextField(_("英文答案"), blank=True)
    summary = models.CharField(_("改动说明"), max_length=200, blank=True)
    # Who taught it, when it was not an editor: click, gap, mark.
    learned = models.CharField(_("学自"), max_length=8, blank=True)
    written_by = models.BigIntegerField(_("撰写人"), null=True)
    written_at = models.DateTimeField(_("撰写时间"))

    class Meta:
        verbose_name = _("知识版本")
        verbose_name_plural = _("知识版本")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_number_once")]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def title(self) -> str:
        """The question in the reader's language."""
        return either(self.question, self.question_en)


class Publication(models.Model):
    """A version speaks from a moment, until one where it is bounded. The latest begun of an article's is in force.

    `withdrawn_at` ends it early: the article was retired, or the publication was taken back.
    """

    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="publications", verbose_name=_("知识版本")
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="publications", verbose_name=_("知识条目")
    )
    valid_from = models.DateTimeField(_("生效时间"))
    valid_until = models.DateTimeField(_("失效时间"), null=True, blank=True)
    published_by = models.BigIntegerField(_("发布人"), null=True)
    published_at = models.DateTimeField(_("发布时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)
    withdrawn_by = models.BigIntegerField(_("撤下人"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("knowledge", "发布")
        verbose_name_plural = pgettext_lazy("knowledge", "发布")
        indexes = [
            models.Index(fields=["article"], name="publication_live", condition=models.Q(withdrawn_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.valid_from:%F}"

    def holds(self, at: datetime) -> bool:
        """Whether it speaks at a moment, were it the only one."""
        return (
            self.withdrawn_at is None and self.valid_from <= at and (self.valid_until is None or at < self.valid_until)
        )


class Edition(models.Model):
    """One row whose token changes with every publication: all a process asks before it trusts the index it built."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
