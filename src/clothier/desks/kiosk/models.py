"""Screens that stand in a store without anybody signed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Device(models.Model):
    """A kiosk screen, known by the token in its cookie; only the token's hash is kept."""

    store = models.ForeignKey("places.Store", on_delete=models.CASCADE, related_name="+", verbose_name=_("门店"))
    name = models.CharField(_("名称"), max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    paired_at = models.DateTimeField(_("配对时间"))
    paired_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("配对人")
    )
    revoked_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("自助屏")
        verbose_name_plural = _("自助屏")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where its bell hangs."""
        return f"kiosk:{self.pk}"
