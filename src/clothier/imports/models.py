"""Imports: the file, the confirmed mapping, how far it came, and what became of its rows."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.imports.contracts import Counts, Dialect, Kind, Plan, TakenBack, Tally

KIND_NAMES = {
    Kind.ORDERS: pgettext_lazy("import", "订单"),
    Kind.CUSTOMERS: pgettext_lazy("import", "顾客"),
    Kind.CATALOGUE: pgettext_lazy("import", "商品"),
    Kind.STAFF: pgettext_lazy("import", "员工"),
    Kind.VISITS: pgettext_lazy("import", "到店"),
    Kind.ARTICLES: pgettext_lazy("import", "问答"),
}


class Import(models.Model):
    """One file on its way in. The checkpoint (`counts`, `rejected_bytes`) moves in the transaction of its batch."""

    class State(models.TextChoices):
        DRAFT = "draft", _("待确认")
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("导入中")
        STOPPED = "stopped", _("已暂停")
        FINISHED = "finished", _("已完成")
        FAILED = "failed", _("失败")
        UNDOING = "undoing", _("撤销中")
        UNDONE = "undone", _("已撤销")

    kind = models.CharField(_("类型"), max_length=12, choices=[(k, KIND_NAMES[k]) for k in Kind])
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    # A trial reads everything and writes nothing but its findings.
    dry = models.BooleanField(_("试导入"), default=False)
    file_name = models.CharField(_("文件名"), max_length=200)
    path = models.CharField(max_length=500)
    size = models.BigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    dialect = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    actor_id = models.BigIntegerField(_("发起人"), null=True)
    created_at = models.DateTimeField(_("创建时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    # Who works on it now, and until when nobody else may take over.
    holder = models.CharField(max_length=100, blank=True)
    held_until = models.DateTimeField(null=True)
    share = models.FloatField(default=0)
    counts = models.JSONField(default=dict)
    # The counts of the latest trial.
    trial = models.JSONField(default=dict)
    rejected_bytes = models.BigIntegerField(default=0)
    problem = models.CharField(_("问题"), max_length=500, blank=True)
    undone_by = models.BigIntegerField(_("撤销人"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    # How far taking back came, and what stayed, by reason (`TakenBack`).
    taken_back = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        indexes = [
            models.Index(fields=["sha256", "kind"], name="import_content"),
            models.Index(
                fields=["state", "held_until"],
                name="import_waiting",
                condition=models.Q(state__in=["queued", "running", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"

    @property
    def file(self) -> Path:
        return Path(self.path)

    @property
    def rejected_file(self) -> Path:
        """Where the refused rows are kept, with line number and reason."""
        return Path(settings.HOME) / "imports" / f"{self.pk}-rejected.csv"

    def read_dialect(self) -> Dialect:
        return Dialect(**self.dialect)

    def plan(self) -> Plan:
        return Plan(columns=self.columns, options=self.options)

    def read_taken_back(self) -> TakenBack:
        return TakenBack(**self.taken_back)

    def read_counts(self, *, trial: bool = False) -> Counts:
        raw = dict(self.trial if trial else self.counts)
        tallies = {name: Tally(**tally) for name, tally in raw.pop("tallies", {}).items()}
        return Counts(tallies=tallies, **raw)


class Brought(models.Model):
    """A customer record that an import registered, so that it can be taken back with the import."""

    task = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="brought", verbose_name=_("导入"))
    customer_id = models.BigIntegerField(_("顾客"))

    class Meta:
        verbose_name = _("导入的顾客")
        verbose_name_plural = _("导入的顾客")

    def __str__(self) -> str:
        return f"{self.task_id} {self.customer_id}"


class Mark(models.Model):
    """A row that is in, for kinds whose rows have no number in the house: 32 hex digits of what it is known by."""

    mark = models.CharField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("已导入的行")
        verbose_name_plural = _("已导入的行")

    def __str__(self) -> str:
        return self.mark
