"""What a profile, the timeline and an export say of coupons and rewards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clothier.customers.contracts import Panel, exporter, panel, timeline_sentence
from clothier.eventlog.contracts import Happening
from clothier.kernel.access import STAFF, Viewer
from clothier.kernel.money import Money
from clothier.rewards import events
from clothier.rewards.models import BirthdayGift, Coupon, Draw, Exchange, ParkingCredit
from clothier.rewards.selectors import usable_of
from clothier.rewards.selectors.gifts import birthday_due_of
from clothier.rewards.words import shown

SHOWN = 6
# What happens to a customer, in words without names or sums.
SENTENCES = {
    events.CouponIssued.type: _("得到一张优惠券"),
    events.CouponGivenBack.type: _("退货，优惠券退还"),
    events.CouponExpired.type: _("一张优惠券过期"),
    events.CouponWithdrawn.type: _("一张优惠券被收回"),
    events.CouponReserved.type: _("结账时选用了一张优惠券"),
    events.CouponReleased.type: _("一张优惠券退出结账"),
    events.BirthdayGiftGiven.type: _("领取生日礼"),
    events.RewardCollected.type: _("领走积分兑换的礼品"),
    events.BoxDrawn.type: _("离店时抽了盲盒"),
    events.BoxPrizeClaimed.type: _("领取盲盒奖品"),
}


def say_plainly(entry: Happening) -> Promise | str:
    return SENTENCES[entry.type]


for _type in SENTENCES:
    timeline_sentence(_type)(say_plainly)


@timeline_sentence(events.CouponRedeemed.type)
def say_redeemed(entry: Happening) -> Promise | str:
    return _("用券减了 %(off)s") % {"off": str(Money(entry.payload["off_fen"]))}


@timeline_sentence(events.RewardExchanged.type)
def say_exchanged(entry: Happening) -> Promise | str:
    return _("用 %(points)s 积分兑换礼品") % {"points": entry.payload["points"]}


@timeline_sentence(events.RewardCancelled.type)
def say_cancelled(entry: Happening) -> Promise | str:
    return _("兑换取消，退回 %(points)s 积分") % {"points": entry.payload["points"]}


@timeline_sentence(events.ParkingUsed.type)
def say_parked(entry: Happening) -> Promise | str:
    return _("用了 %(hours)s 小时免费停车") % {"hours": entry.payload["hours"]}


@panel("coupons", order=35)
def coupons(viewer: Viewer, customer_ids: Sequence[int]) -> Panel | None:
    """What the person can use or is due now; nothing for somebody without either."""
    if viewer.role not in STAFF:
        return None
    found, gift = usable_of(customer_ids, limit=SHOWN), birthday_due_of(customer_ids)
    if not found and gift is None:
        return None
    context = {"coupons": shown(found), "gift": gift}
    return Panel(title=_("可用的券和礼遇"), template="rewards/panels/coupons.html", context=context)


@exporter("coupons")
def export(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    rows = Coupon.objects.filter(customer_id__in=list(customer_ids)).select_related("template").order_by("pk")
    return [
        {
            "name": row.template.name,
            "code": row.code,
            "state": row.state,
            "issued_at": row.issued_at.isoformat(),
            "valid_until": row.valid_until.isoformat(),
            "document": row.document,
            "off_fen": row.off_fen,
        }
        for row in rows.iterator(chunk_size=500)
    ]


@exporter("rewards")
def export_rewards(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Exchanges, parking hours, birthday gifts and draws of the person."""
    whose = {"customer_id__in": list(customer_ids)}
    return [row for told in (_exchanges, _parking, _gifts, _draws) for row in told(whose)]


def _exchanges(whose: dict[str, Any]) -> list[dict[str, Any]]:
    rows = Exchange.objects.filter(**whose).select_related("item").order_by("pk")
    return [
        {**_row("exchange", row.exchanged_at), "name": row.item.name, "points": row.points, "state": row.state}
        for row in rows
    ]


def _parking(whose: dict[str, Any]) -> list[dict[str, Any]]:
    rows = ParkingCredit.objects.filter(**whose).order_by("pk")
    return [{**_row("parking", row.granted_at), "hours": row.hours, "used": row.used} for row in rows]


def _gifts(whose: dict[str, Any]) -> list[dict[str, Any]]:
    rows = BirthdayGift.objects.filter(**whose).order_by("pk")
    return [{**_row("birthday_gift", row.given_at), "points": row.points} for row in rows]


def _draws(whose: dict[str, Any]) -> list[dict[str, Any]]:
    rows = Draw.objects.filter(**whose).select_related("prize").order_by("pk")
    return [{**_row("draw", row.drawn_at), "name": row.prize.name, "points": row.points} for row in rows]


def _row(kind: str, at: datetime) -> dict[str, Any]:
    return {"kind": kind, "at": at.isoformat()}
