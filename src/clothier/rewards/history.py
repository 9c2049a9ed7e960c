"""Coupons of the past as arrays: a demo's history, a chain that moves in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clothier.eventlog.contracts import History
from clothier.eventlog.history import record_history
from clothier.kernel import clock
from clothier.kernel.columns import NEVER, Columns, Every, Ints, claim, insert
from clothier.rewards.contracts import CouponState
from clothier.rewards.events import CouponExpired, CouponIssued, CouponRedeemed
from clothier.rewards.models import Batch, Coupon, CouponStep, Template, TemplateDay
from clothier.rewards.rules.codes import new_code

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Coupon, CouponStep)


@dataclass(frozen=True, slots=True)
class PastCoupons:
    """Coupons of one template as arrays; moments are seconds since 1970. `used` is NEVER for those that were not used;
    `off` and `stores` are of those that were, `documents` say for what.
    """

    template: int
    reason: str
    customers: Ints
    issued: Ints
    until: Ints
    used: Ints
    off: Ints
    stores: Ints
    documents: Sequence[str]
    batch: int | None = None


@transaction.atomic
def load_coupons(past: PastCoupons) -> range:
    """What issuing and redeeming them one by one would have left, for whoever has the tables to himself; their ids.

    Not idempotent. Limits and budgets are the caller's to keep.
    """
    count, now = len(past.customers), int(clock.now().timestamp())
    ids = claim(Coupon, count)
    used = past.used != NEVER
    over = ~used & (past.until <= now)
    _rows(past, ids, used, over)
    _steps(past, ids, used)
    _count(past, used)
    _tell(past, ids, used, over)
    return ids


def begin_batch(*, template: int, segment: int, reason: str, people: int, at: datetime) -> int:
    """A batch that went out at a moment; `load_coupons` fills it, and counts what it brings."""
    return Batch.objects.create(
        template_id=template,
        segment_id=segment,
        segment_version=1,
        reason=reason,
        state=Batch.State.DONE,
        expected=people,
        started_at=at,
        finished_at=at,
    ).pk


def _rows(past: PastCoupons, ids: range, used: Ints, over: Ints) -> None:
    states = np.where(used, CouponState.REDEEMED, np.where(over, CouponState.EXPIRED, CouponState.OPEN))
    told: Columns = {
        "id": ids,
        "template_id": Every(past.template),
        "code": [new_code() for _coupon in ids],
        "customer_id": past.customers,
        "batch_id": Every(past.batch),
        "reason": Every(past.reason),
        "state": states.tolist(),
        "valid_from": past.issued,
        "valid_until": past.until,
        "document": past.documents,
        "off_fen": past.off,
        "issued_at": past.issued,
    }
    insert(Coupon, told, count=len(ids))


def _steps(past: PastCoupons, ids: range, used: Ints) -> None:
    which = np.flatnonzero(used)
    told: Columns = {
        "coupon_id": which + ids.start,
        "kind": Every(CouponStep.Kind.REDEEMED.value),
        "at": past.used[which],
        "store_id": past.stores[which],
        "till": Every(""),
        "document": [past.documents[row] for row in which.tolist()],
        "off_fen": past.off[which],
        "offline": Every(value=False),
        "reason": Every(""),
    }
    insert(CouponStep, told, count=len(which))


def _count(past: PastCoupons, used: Ints) -> None:
    """The template's sums, the batch's and the days'."""
    Template.objects.filter(pk=past.template).update(
        issued=F("issued") + len(past.customers), off_fen=F("off_fen") + int(past.off.sum())
    )
    if past.batch:
        Batch.objects.filter(pk=past.batch).update(issued=F("issued") + len(past.customers))
    issued = Counter(_days(past.issued))
    redeemed, fen = Counter[date](), Counter[date]()
    which = np.flatnonzero(used)
    for day, off in zip(_days(past.used[which]), past.off[which].tolist(), strict=True):
        redeemed[day] += 1
        fen[day] += off
    for day in sorted(issued.keys() | redeemed.keys()):
        row, _new = TemplateDay.objects.get_or_create(template_id=past.template, day=day)
        TemplateDay.objects.filter(pk=row.pk).update(
            issued=F("issued") + issued[day], redeemed=F("redeemed") + redeemed[day], off_fen=F("off_fen") + fen[day]
        )


def _days(moments: Ints) -> list[date]:
    zone = timezone.get_default_timezone()
    # Few days, many moments: each hour is looked at once.
    hours, which = np.unique(moments // 3600, return_inverse=True)
    found = [datetime.fromtimestamp(hour * 3600, UTC).astimezone(zone).date() for hour in hours.tolist()]
    return [found[nth] for nth in which.tolist()]


def _tell(past: PastCoupons, ids: range, used: Ints, over: Ints) -> None:
    keys = np.arange(ids.start, ids.stop)
    batch = f', "batch_id": {past.batch}' if past.batch else ""
    head = f'"template_id": {past.template}'
    issued = [f'{{"coupon_id": {pk}, {head}, "reason": "{past.reason}"{batch}}}' for pk in ids]
    spent = [
        f'{{"coupon_id": {pk}, {head}, "off_fen": {off}}}'
        for pk, off in zip(keys[used].tolist(), past.off[used].tolist(), strict=True)
    ]
    ended = [f'{{"coupon_id": {pk}, {head}}}' for pk in keys[over].tolist()]
    who, nowhere = past.customers, Every(None)
    record_history(
        History(CouponIssued, "coupon", keys, who, nowhere, past.issued, issued),
        History(CouponRedeemed, "coupon", keys[used], who[used], past.stores[used], past.used[used], spent),
        History(CouponExpired, "coupon", keys[over], who[over], nowhere, past.until[over], ended),
    )
