"""What the team has to prepare or do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clothier.kernel.refs import Ref


class Task(models.Model):
    """Something to do in a store on a day. A scene raises each of its tasks once a day (`scene` and `code` name it)."""

    store = models.ForeignKey("places.Store", on_delete=models.PROTECT, related_name="+", verbose_name=_("门店"))
    day = models.DateField(_("营业日"))
    title = models.CharField(_("内容"), max_length=120)
    title_en = models.CharField(_("英文内容"), max_length=160, blank=True)
    post = models.CharField(_("岗位"), max_length=20, blank=True)
    scene = models.SlugField(_("场景"), max_length=30, blank=True)
    code = models.SlugField(_("任务编码"), max_length=40, blank=True)
    assignee = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("负责人")
    )
    raised_at = models.DateTimeField(_("创建时间"))
    due_at = models.DateTimeField(_("截止"), null=True, blank=True)
    done_at = models.DateTimeField(_("完成时间"), null=True)
    done_by = models.ForeignKey(
        "staff.Employee", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("完成人")
    )

    class Meta:
        verbose_name = _("任务")
        verbose_name_plural = _("任务")
        constraints = [
            models.UniqueConstraint(
                fields=["store", "day", "scene", "code"], condition=~Q(code=""), name="task_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["store", "day"], name="task_store_day")]

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en") and self.title_en
        return english or self.title

    @property
    def ref(self) -> Ref:
        return Ref("task", self.pk)
