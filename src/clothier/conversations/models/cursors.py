"""How far we have read where messages are fetched: a mailbox, a desk of WeCom."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Cursor(models.Model):
    name = models.CharField(max_length=120, primary_key=True)
    value = models.TextField(blank=True)

    class Meta:
        verbose_name = pgettext_lazy("conversation", "读取进度")
        verbose_name_plural = pgettext_lazy("conversation", "读取进度")

    def __str__(self) -> str:
        return self.name
