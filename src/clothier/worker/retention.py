"""How long what has served its purpose is kept: each night what is older goes (docs/data-protection.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clothier.api import services as api
from clothier.customers import services as customers
from clothier.eventlog import services as eventlog
from clothier.imports import services as imports
from clothier.kernel import clock
from clothier.staff import services as staff


@dataclass(frozen=True, slots=True)
class Term:
    """`prune` deletes some of what was done before a moment and says how much; 0 when nothing is left."""

    name: str
    label: Promise
    prune: Callable[[datetime], int]

    @property
    def days(self) -> int:
        """0 for ever."""
        days: int = settings.KEEP_DAYS[self.name]
        return days


TERMS = [
    Term("postings", _("已送达或放弃的外发记录"), api.prune_postings),
    Term("import_files", _("导入时上传的文件和未收的行"), imports.prune_files),
    Term("access_log", _("访问记录"), customers.prune_reads),
    Term("repetitions", _("接口的幂等键"), api.prune_repetitions),
    Term("sessions", _("登录会话"), staff.prune_sessions),
    Term(
        "log", _("事件日志（移入归档文件）"), lambda before: eventlog.archive(before, folder=settings.HOME / "archive")
    ),
]


def let_go() -> int:
    """One step of every term; how much went."""
    now = clock.now()
    return sum(term.prune(now - timedelta(days=term.days)) for term in TERMS if term.days)
