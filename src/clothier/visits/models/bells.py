"""Fitting rooms, and the bells customers ring."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.refs import Ref


class Room(models.Model):
    """A fitting room with a bell, numbered as on its door."""

    store = models.ForeignKey("places.Store", on_delete=models.CASCADE, related_name="+", verbose_name=_("门店"))
    zone = models.ForeignKey(
        "places.Zone", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("区位")
    )
    number = models.CharField(_("编号"), max_length=10)

    class Meta:
        verbose_name = _("试衣间")
        verbose_name_plural = pgettext_lazy("plural", "试衣间")
        ordering = ["store_id", "number"]
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="room_number_once_a_store")]

    def __str__(self) -> str:
        return self.number


class Bell(models.Model):
    """One call for help, until somebody answers or the customer needs nobody. Pressing again is the same call."""

    class Source(models.TextChoices):
        FITTING_ROOM = "fitting_room", _("试衣间")
        KIOSK = "kiosk", _("自助屏")
        QR = "qr", _("扫码呼叫")

    class Wish(models.TextChoices):
        SMALLER = "smaller", _("换小一码")
        LARGER = "larger", _("换大一码")
        COLOUR = "colour", _("换个颜色")

    store = models.ForeignKey("places.Store", on_delete=models.PROTECT, related_name="+", verbose_name=_("门店"))
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    place = models.CharField(_("位置"), max_length=60)
    zone = models.ForeignKey(
        "places.Zone", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("区位")
    )
    room = models.ForeignKey(Room, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("试衣间"))
    visit = models.ForeignKey(
        "visits.Visit", on_delete=models.SET_NULL, null=True, related_name="bells", verbose_name=_("到店")
    )
    wish = models.CharField(_("需要"), max_length=8, choices=Wish, blank=True)
    sku_id = models.BigIntegerField(_("单品"), null=True)
    rung_at = models.DateTimeField(_("呼叫时间"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    answered_at = models.DateTimeField(_("应答时间"), null=True)
    answered_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("应答人")
    )

    class Meta:
        verbose_name = _("呼叫")
        verbose_name_plural = _("呼叫")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "place"],
                condition=Q(answered_at__isnull=True, cancelled_at__isnull=True),
                name="bell_rings_once_a_place",
            )
        ]
        indexes = [models.Index(fields=["store", "rung_at"], name="bell_store_time")]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.place}"

    @property
    def ref(self) -> Ref:
        return Ref("bell", self.pk)
