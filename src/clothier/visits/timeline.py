"""Visits in words: on the customer's timeline, and in what a customer may take along."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.customers.contracts import exporter, timeline_sentence
from clothier.eventlog.contracts import Happening
from clothier.visits.models import Bell, FittingItem, Visit

PLAIN = {
    "visit.identified": pgettext_lazy("timeline", "到店后报了会员码"),
    "visit.greeted": pgettext_lazy("timeline", "得到问候"),
    "visit.approached": pgettext_lazy("timeline", "导购开始接待"),
    "visit.need_recorded": pgettext_lazy("timeline", "说明了需求"),
    "visit.aid_offered": pgettext_lazy("timeline", "得到协助"),
    "visit.step_undone": pgettext_lazy("timeline", "一个接待步骤被撤销"),
    "bell.answered": pgettext_lazy("timeline", "呼叫有人应答"),
    "bell.cancelled": pgettext_lazy("timeline", "取消了呼叫"),
    "fitting.opened": pgettext_lazy("timeline", "开始试穿"),
    "fitting.item_brought": pgettext_lazy("timeline", "送来一件试穿"),
    "fitting.closed": pgettext_lazy("timeline", "结束试穿"),
}


def _plain(sentence: Any) -> Callable[[Happening], Any]:
    return lambda entry: sentence


for _type, _sentence in PLAIN.items():
    timeline_sentence(_type)(_plain(_sentence))


@timeline_sentence("visit.arrived")
def arrived(entry: Happening) -> Any:
    via = dict(Visit.Via.choices).get(entry.payload["via"], "")
    return format_lazy(_("到店（{via}）"), via=via)


@timeline_sentence("visit.stopped")
def stopped(entry: Happening) -> Any:
    return _("主动找人接待") if entry.payload.get("asked") else _("在货架前停下")


@timeline_sentence("visit.proposed")
def proposed(entry: Happening) -> Any:
    return format_lazy(_("看了 {n} 款推荐"), n=len(entry.payload["style_ids"]))


@timeline_sentence("visit.recorded")
def recorded(entry: Happening) -> Any:
    minutes = entry.payload["seconds"] // 60
    return format_lazy(_("到店 {n} 分钟"), n=minutes)


@timeline_sentence("visit.left")
def left(entry: Happening) -> Any:
    return _("购买后离店") if entry.payload["outcome"] == Visit.Outcome.BOUGHT else _("未购买离店")


@timeline_sentence("bell.rung")
def rung(entry: Happening) -> Any:
    return format_lazy(_("呼叫导购（{source}）"), source=dict(Bell.Source.choices).get(entry.payload["source"], ""))


@timeline_sentence("fitting.item_tried")
def tried(entry: Happening) -> Any:
    outcome = dict(FittingItem.Outcome.choices).get(entry.payload["outcome"], "")
    return format_lazy(_("试穿一件：{outcome}"), outcome=outcome)


@exporter("visits")
def visits_of(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every visit of the person with what was tried, for the export a customer may ask for."""
    rows = Visit.objects.filter(customer_id__in=customer_ids).prefetch_related("fittings__items").order_by("arrived_at")
    return [
        {
            "arrived_at": visit.arrived_at,
            "left_at": visit.left_at,
            "store": visit.store_id,
            "via": visit.via,
            "outcome": visit.outcome,
            "tried": [
                {"sku": item.sku_id, "outcome": item.outcome, "reason": item.reason}
                for fitting in visit.fittings.all()
                for item in fitting.items.all()
            ],
        }
        for visit in rows
    ]
