"""Records of customers, what identifies them, and the links that make persons of records."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clothier.customers.rules.identifiers import Kind


class Source(models.TextChoices):
    """Where a record or a fact came from."""

    STORE = "store", _("门店登记")
    MINI_PROGRAM = "mini_program", _("小程序")
    SALE = "sale", _("购买")
    VISIT = "visit", _("到店")
    FITTING = "fitting", _("试穿")
    NOTE = "note", _("服务记录")
    CHAT = "chat", _("对话")
    SURVEY = "survey", _("问卷")
    EVENT = "event", _("活动")
    IMPORT = "import", _("导入")
    RULE = "rule", _("规则")
    MODEL = "model", _("模型")
    CUSTOMER = "customer", _("顾客本人")


class Customer(models.Model):
    """One record of a customer. Records never change hands; a person is the records that live links join.

    `person` caches the component: the oldest of its records. `key` is the record's vault key; without it nothing
    sealed can be read again, which is what erasure means.
    """

    class Title(models.TextChoices):
        MS = "ms", _("女士")
        MR = "mr", _("先生")

    person = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="records")
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    title = models.CharField(_("称呼"), max_length=2, choices=Title, blank=True)
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    external_id = models.CharField(_("外部编号"), max_length=80, null=True, blank=True)  # noqa: DJ001 - unique, or none
    store = models.ForeignKey(
        "places.Store", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记门店")
    )
    registered_at = models.DateTimeField(_("登记时间"))
    key = models.BinaryField(null=True)
    # A keyed hash of month and day: birthdays are found without any being readable.
    birth_key = models.CharField(max_length=32, null=True)  # noqa: DJ001 - none is not indexed
    # Search keys (rules.names); none where the name has no such part, so that the partial indexes stay small.
    name_1 = models.BinaryField(null=True)
    name_2 = models.BinaryField(null=True)
    name_3 = models.BinaryField(null=True)
    pinyin_1 = models.BinaryField(null=True)
    pinyin_2 = models.BinaryField(null=True)
    initials = models.BinaryField(null=True)
    erased_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("顾客")
        verbose_name_plural = _("顾客")
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="customer_external_once")]
        indexes = [
            models.Index(fields=[column], name=f"customer_{column}", condition=Q(**{f"{column}__isnull": False}))
            for column in ("name_1", "name_2", "name_3", "pinyin_1", "pinyin_2", "initials")
        ] + [models.Index(fields=["birth_key"], name="customer_birth", condition=Q(birth_key__isnull=False))]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Identifier(models.Model):
    """Something that points at a customer. Found by its keyed hash; readable only through the record's key."""

    class Kinds(models.TextChoices):
        MEMBER = Kind.MEMBER.value, _("会员号")
        PHONE = Kind.PHONE.value, _("手机号")
        UNIONID = Kind.UNIONID.value, _("微信 UnionID")
        OPENID = Kind.OPENID.value, _("微信 OpenID")
        WECOM = Kind.WECOM.value, _("企业微信")
        EMAIL = Kind.EMAIL.value, _("邮箱")
        RFID = Kind.RFID.value, _("RFID 卡")
        PLATE = Kind.PLATE.value, _("车牌")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identifiers", verbose_name=_("顾客"))
    kind = models.CharField(_("类型"), max_length=8, choices=Kinds)
    hash = models.CharField(max_length=32)
    tail = models.CharField(max_length=32, null=True)  # noqa: DJ001 - only phones have one
    sealed = models.TextField()
    verified_at = models.DateTimeField(_("验证时间"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    added_at = models.DateTimeField(_("加入时间"))

    class Meta:
        verbose_name = _("身份标识")
        verbose_name_plural = _("身份标识")
        constraints = [models.UniqueConstraint(fields=["hash", "kind", "customer"], name="identifier_once_a_record")]
        indexes = [models.Index(fields=["tail"], name="identifier_tail", condition=Q(tail__isnull=False))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class Link(models.Model):
    """Two records are one person, says a rule or somebody; revoking it takes nothing away but the link."""

    class Rule(models.TextChoices):
        VERIFIED = "verified", _("同一已验证标识")
        REVIEW = "review", _("人工审核")
        MANUAL = "manual", _("手工合并")

    a = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="links_as_a")
    b = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="links_as_b")
    rule = models.CharField(_("依据"), max_length=10, choices=Rule)
    evidence = models.JSONField(_("证据"), default=dict)
    actor_id = models.BigIntegerField(_("经办人"), null=True)
    linked_at = models.DateTimeField(_("合并时间"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    revoked_by = models.BigIntegerField(_("撤销人"), null=True)

    class Meta:
        verbose_name = _("合并")
        verbose_name_plural = _("合并")
        constraints = [
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="link_in_order"),
            models.UniqueConstraint(fields=["a", "b"], condition=Q(revoked_at__isnull=True), name="link_live_once"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} — {self.b_id}"


class Duplicate(models.Model):
    """Two records that may be one person, waiting for somebody to look. `evidence` names fields, never values."""

    class State(models.TextChoices):
        OPEN = "open", _("待审核")
        ACCEPTED = "accepted", _("已合并")
        REJECTED = "rejected", _("不是同一人")

    class Origin(models.TextChoices):
        CONFLICT = "conflict", _("两位已验证顾客共用标识")
        SHARED = "shared", _("共用未验证标识")
        LINKAGE = "linkage", _("批量比对")
        CLUSTER = "cluster", _("合并记录过多")

    a = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(_("来由"), max_length=10, choices=Origin)
    score = models.FloatField(_("把握"), default=0.5)
    evidence = models.JSONField(_("证据"), default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("发现时间"))
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decided_by = models.BigIntegerField(_("处理人"), null=True)
    link = models.ForeignKey(Link, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("疑似重复")
        verbose_name_plural = _("疑似重复")
        constraints = [
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="duplicate_in_order"),
            models.UniqueConstraint(fields=["a", "b"], name="duplicate_once"),
        ]
        indexes = [models.Index(fields=["-score", "-id"], name="duplicate_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.a_id} ? {self.b_id}"
