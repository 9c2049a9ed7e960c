"""What a customer agreed to: every word of it for ever, and where that leaves us now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clothier.customers.models.people import Customer


class Purpose(models.TextChoices):
    SERVICE = "service", _("服务")
    MARKETING = "marketing", _("营销")
    PERSONAL = "personal", _("个性化推荐")
    ANALYSIS = "analysis", _("统计分析")


class Channel(models.TextChoices):
    NONE = "none", _("不涉及联系")
    IN_STORE = "in_store", _("到店当面")
    PHONE = "phone", _("电话")
    SMS = "sms", _("短信")
    WECHAT = "wechat", _("微信")
    WECOM = "wecom", _("企业微信")
    EMAIL = "email", _("邮件")


class DataClass(models.TextChoices):
    CONTACT = "contact", _("联系方式")
    BEHAVIOUR = "behaviour", _("到店与购买")
    BODY = "body", _("身材数据")
    MINORS = "minors", _("未成年人")
    BIOMETRICS = "biometrics", _("生物特征")


class Consent(models.Model):
    """Given or withdrawn, once said never changed. `said_for` lists the records the person then consisted of."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="consents", db_index=False, verbose_name=_("顾客")
    )
    purpose = models.CharField(_("目的"), max_length=10, choices=Purpose)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    data_class = models.CharField(_("数据类别"), max_length=10, choices=DataClass)
    granted = models.BooleanField(_("同意"))
    notice_version = models.CharField(_("告知书版本"), max_length=20)
    proof = models.CharField(_("凭证"), max_length=80)
    said_for = models.JSONField(default=list)
    said_at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(_("经办人"), null=True)

    class Meta:
        verbose_name = _("同意记录")
        verbose_name_plural = _("同意记录")
        indexes = [models.Index(fields=["customer", "-id"], name="consent_customer")]

    def __str__(self) -> str:
        return f"{self.purpose}/{self.channel}/{self.data_class}"


class ConsentState(models.Model):
    """Where a person stands: worked out from every word of every record, the strictest where they differ."""

    person = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="consent_states", db_index=False)
    purpose = models.CharField(_("目的"), max_length=10, choices=Purpose)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    data_class = models.CharField(_("数据类别"), max_length=10, choices=DataClass)
    granted = models.BooleanField(_("同意"))
    since = models.DateTimeField(_("自"))
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("同意现状")
        verbose_name_plural = _("同意现状")
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "channel", "data_class"], name="consent_state_once")
        ]
        indexes = [models.Index(fields=["purpose", "channel", "granted", "person"], name="consent_state_who")]

    def __str__(self) -> str:
        return f"{self.purpose}/{self.channel}/{self.data_class}: {self.granted}"
