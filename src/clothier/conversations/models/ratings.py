"""What customers say of being answered."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.conversations.models.threads import Thread


class Rating(models.Model):
    """One to five stars, once for each time a conversation was open. `employee`: who answered last in it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    opened_at = models.DateTimeField(_("开始时间"))
    score = models.PositiveSmallIntegerField(_("评分"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    employee = models.ForeignKey(
        "staff.Employee", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = pgettext_lazy("conversation", "评分")
        verbose_name_plural = pgettext_lazy("conversation", "评分")
        constraints = [
            models.UniqueConstraint(fields=["thread", "opened_at"], name="rating_once"),
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="rating_of_five"),
        ]
        indexes = [models.Index(fields=["employee", "at"], name="rating_person_time")]

    def __str__(self) -> str:
        return f"{self.score} #{self.thread_id}"
