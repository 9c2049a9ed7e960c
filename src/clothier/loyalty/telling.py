"""What customers' profiles show of points and tiers: words for the timeline, a panel, the rows of an export."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.customers.contracts import Panel, exporter, panel, timeline_sentence
from clothier.eventlog.contracts import Happening
from clothier.kernel.access import STAFF, Viewer
from clothier.loyalty.events import (
    MemberCardRenewed,
    MemberPageOpened,
    PointsEarned,
    PointsExchanged,
    PointsExpired,
    PointsGivenBack,
    PointsGranted,
    PointsReversed,
    PointsSpent,
    TierChanged,
)
from clothier.loyalty.models import REASON_NAMES, Entry, TierChange
from clothier.loyalty.selectors import tier_name, told

_POINTS = {
    PointsEarned.type: _("获得 %(points)s 积分"),
    PointsSpent.type: _("使用 %(points)s 积分"),
    PointsGivenBack.type: _("退回 %(points)s 积分"),
    PointsReversed.type: _("因退货扣回 %(points)s 积分"),
    PointsExpired.type: _("%(points)s 积分到期"),
}


def _say_points(entry: Happening) -> Promise | str:
    return _POINTS[entry.type] % {"points": f"{entry.payload['points']:,}"}


for _type in _POINTS:
    timeline_sentence(_type)(_say_points)


@timeline_sentence(PointsGranted.type)
def say_grant(entry: Happening) -> Promise | str:
    reason = REASON_NAMES.get(entry.payload["reason"], entry.payload["reason"])
    return _("获赠 %(points)s 积分（%(reason)s）") % {"points": f"{entry.payload['points']:,}", "reason": reason}


@timeline_sentence(PointsExchanged.type)
def say_exchange(entry: Happening) -> Promise | str:
    return _("换货，积分变动 %(points)s") % {"points": f"{entry.payload['points']:+,}"}


@timeline_sentence(TierChanged.type)
def say_tier(entry: Happening) -> Promise | str:
    tier = tier_name(entry.payload["tier"])
    return _("等级变为%(tier)s") % {"tier": tier or pgettext_lazy("tier", "普通会员")}


@timeline_sentence(MemberPageOpened.type)
def say_opened(entry: Happening) -> Promise | str:
    return _("在手机上打开了会员页")


@timeline_sentence(MemberCardRenewed.type)
def say_renewed(entry: Happening) -> Promise | str:
    return _("更换了会员码")


@panel("points", order=20)
def points(viewer: Viewer, customer_ids: Sequence[int]) -> Panel | None:
    """Tier, points and how far it is to the next tier."""
    if viewer.role not in STAFF or not customer_ids:
        return None
    context = told(customer_ids[0], customer_ids)
    return Panel(title=_("会员与积分"), template="loyalty/panels/points.html", context=context)


@exporter("points")
def export_points(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every movement of the person's points."""
    rows = Entry.objects.filter(customer_id__in=list(customer_ids)).order_by("occurred_at", "pk")
    return [
        {
            "kind": row.kind,
            "document": f"{row.source}:{row.document}",
            "points": row.points,
            "occurred_at": row.occurred_at.isoformat(),
        }
        for row in rows.iterator(chunk_size=500)
    ]


@exporter("tiers")
def export_tiers(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every rise and fall."""
    rows = TierChange.objects.filter(customer_id__in=list(customer_ids)).order_by("changed_at", "pk")
    return [{"was": row.was, "tier": row.tier, "changed_at": row.changed_at.isoformat()} for row in rows]
