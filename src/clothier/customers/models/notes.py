"""Service records: what an associate wrote after a contact, readable only through the customer's key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clothier.customers.models.people import Customer


class Note(models.Model):
    """One record by a template; `sealed` holds its answers as JSON. A correction is a new note that replaces it."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="notes", db_index=False, verbose_name=_("顾客")
    )
    template = models.SlugField(_("模板"), max_length=40, db_index=False)
    sealed = models.TextField()
    visit_id = models.BigIntegerField(_("到店"), null=True)
    store_id = models.BigIntegerField(_("门店"), null=True)
    author_id = models.BigIntegerField(_("记录人"), null=True)
    occurred_at = models.DateTimeField(_("服务时间"))
    written_at = models.DateTimeField(_("记录时间"))
    warned = models.JSONField(_("已提示的敏感内容"), default=list)
    replaces = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        verbose_name = _("服务记录")
        verbose_name_plural = _("服务记录")
        indexes = [models.Index(fields=["customer", "-id"], name="note_customer")]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"
