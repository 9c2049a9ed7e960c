"""What is on in a store: the diary that the kiosk shows, and that calls the event scene."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """A styling talk, a party, a workshop; in one store, or in all of them."""

    store = models.ForeignKey(
        "places.Store",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("门店"),
        help_text=_("留空表示所有门店"),
    )
    title = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名"), max_length=120, blank=True)
    place = models.CharField(_("地点"), max_length=40, blank=True)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))

    class Meta:
        verbose_name = _("店内活动")
        verbose_name_plural = pgettext_lazy("plural", "店内活动")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start")
        ]
        indexes = [models.Index(fields=["ends_at", "store"], name="activity_end_store")]

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en") and self.title_en
        return english or self.title
