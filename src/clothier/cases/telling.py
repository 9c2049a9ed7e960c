"""What a profile, the timeline and an export say of cases."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.cases import events
from clothier.cases.contracts import NoteKind
from clothier.cases.models import KIND_NAMES, Case, Compensation
from clothier.cases.selectors.matters import open_matters
from clothier.customers.contracts import Panel, exporter, panel, timeline_sentence
from clothier.eventlog.contracts import Happening
from clothier.kernel.access import STAFF, Viewer
from clothier.kernel.money import Money

# What happens to a customer, in words without names; what is only among ourselves is not told here.
SENTENCES = {
    events.CaseReplySent.type: _("我们就服务单回复"),
    events.CaseCalled.type: _("我们就服务单致电"),
    events.CaseCustomerWrote.type: _("就服务单来信"),
    events.CaseSolutionOffered.type: _("我们给出解决方案"),
    events.CaseGoodsHandedOver.type: _("货品交出"),
    events.CaseGoodsReceived.type: _("货品收到"),
    events.CaseFound.type: _("失物找到"),
    events.CaseDone.type: _("服务单办结"),
    events.CaseResultConfirmed.type: _("确认处理结果"),
    events.CaseReopened.type: _("服务单重开"),
    events.CaseClosed.type: _("服务单关闭"),
    events.CaseWithdrawn.type: _("撤回服务单"),
}


def say_plainly(entry: Happening) -> Promise | str:
    return SENTENCES[entry.type]


for _type in SENTENCES:
    timeline_sentence(_type)(say_plainly)


@timeline_sentence(events.CaseOpened.type)
def say_opened(entry: Happening) -> Promise | str:
    return _("开立服务单：%(kind)s") % {"kind": KIND_NAMES[entry.payload["kind"]]}


@timeline_sentence(events.CaseCompensated.type)
def say_compensated(entry: Happening) -> Promise | str:
    return _("得到补偿 %(sum)s") % {"sum": str(Money(entry.payload["fen"]))}


@timeline_sentence(events.CaseRated.type)
def say_rated(entry: Happening) -> Promise | str:
    return _("为处理打了 %(score)s 分") % {"score": entry.payload["score"]}


@panel("matters", order=5)
def matters(viewer: Viewer, customer_ids: Sequence[int]) -> Panel | None:
    """What is open with the person; nothing for somebody with whom all is well."""
    if viewer.role not in STAFF:
        return None
    found = open_matters(customer_ids)
    title = pgettext_lazy("cases", "未了的服务单")
    return Panel(title=title, template="cases/panels/matters.html", context={"matters": found}) if found else None


@exporter("cases")
def export(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every case of the person with what was said between us, and what they were given."""
    rows = Case.objects.filter(customer_id__in=list(customer_ids)).order_by("pk")
    return [_exported(row) for row in rows.prefetch_related("notes", "compensations").iterator(chunk_size=200)]


def _exported(row: Case) -> dict[str, Any]:
    said = [
        {"kind": one.kind, "at": one.at.isoformat(), "text": row.unseal(one.sealed)}
        for one in row.notes.all()
        if one.kind != NoteKind.INTERNAL
    ]
    given = [_given(one) for one in row.compensations.all() if one.issued_at]
    return {
        "number": row.number,
        "kind": row.kind,
        "topic": row.topic,
        "state": row.state,
        "opened_at": row.opened_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "said": said,
        "compensations": given,
    }


def _given(one: Compensation) -> dict[str, Any]:
    return {"form": one.form, "fen": one.fen, "at": one.issued_at.isoformat() if one.issued_at else None}
