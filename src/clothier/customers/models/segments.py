"""Segments: a named question about people, every wording of it kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Segment(models.Model):
    name = models.CharField(_("名称"), max_length=40, unique=True)
    note = models.CharField(_("用途"), max_length=120, blank=True)
    owner_id = models.BigIntegerField(_("负责人"), null=True)
    created_at = models.DateTimeField(_("创建时间"))
    archived_at = models.DateTimeField(_("归档时间"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("customers", "人群")
        verbose_name_plural = pgettext_lazy("customers", "人群")

    def __str__(self) -> str:
        return self.name


class SegmentVersion(models.Model):
    """What a segment asked from a moment on; the highest number is current."""

    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, related_name="versions", verbose_name=pgettext_lazy("customers", "人群")
    )
    number = models.PositiveIntegerField(_("版本"))
    condition = models.JSONField(_("条件"))
    saved_at = models.DateTimeField(_("保存时间"))
    saved_by = models.BigIntegerField(_("保存人"), null=True)

    class Meta:
        verbose_name = _("人群版本")
        verbose_name_plural = _("人群版本")
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="segment_version_once")]

    def __str__(self) -> str:
        return f"{self.segment_id} v{self.number}"
