"""The demo's coupons: a welcome for new members, one for the new season, one for the month, and what was used of them.

An order counts as having used a coupon when it was reduced by at least so much: the orders' own sums say it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from clothier.kernel import clock
from clothier.kernel.columns import NEVER
from clothier.rewards.contracts import CouponKind
from clothier.rewards.history import PastCoupons, begin_batch, load_coupons
from clothier.rewards.selectors import batches_of, template_by_code
from clothier.rewards.services import TemplateFacts, draft_template, open_template
from clothier.simulation.draws import Ints

_DAY, _ZONE = 86_400, 8 * 3_600


@dataclass(frozen=True, slots=True)
class Wave:
    """A kind of coupon and to whom it went: `days_ago` to a share of everybody, or to each newcomer (None)."""

    facts: TemplateFacts
    share: float
    days_ago: int | None
    reason: str
    words: str = ""


WAVES = (
    Wave(
        TemplateFacts(
            "welcome-30", "新会员见面礼", CouponKind.AMOUNT, 30_00, "Welcome, ¥30 off", threshold_fen=300_00,
            stacking="welcome", limit_customer=1, valid_days=90, offline=True,
        ),
        1.0, None, "welcome",
    ),
    Wave(
        TemplateFacts(
            "autumn-50", "秋冬上新满 500 减 50", CouponKind.AMOUNT, 50_00, "New season, ¥50 off ¥500",
            threshold_fen=500_00, stacking="season", limit_customer=1, valid_days=30, offline=True,
        ),
        0.35, 45, "segment", "秋冬上新，请常来的顾客回来看看",
    ),
    Wave(
        TemplateFacts(
            "november-15", "十一月会员月八五折", CouponKind.PERCENT, 15, "Members' month, 15% off",
            most_fen=100_00, stacking="season", limit_customer=1, valid_days=30,
        ),
        0.2, 12, "segment", "会员月，随机抽取的会员",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bought:
    """Orders as a coupon sees them: whose, when, where, number, what they cost and by how much they were reduced."""

    customers: Ints
    moments: Ints
    stores: Ints
    numbers: Sequence[str]
    totals: Ints
    reduced: Ints


@dataclass(frozen=True, slots=True)
class Standing:
    """A wave as it is in the books."""

    wave: Wave
    template: int
    batch: int | None
    since: int


def open_waves(*, segment: int, now: int, people: int) -> list[Standing]:
    """The templates and batches, once: those there are stay."""
    return [_open(wave, segment=segment, now=now, people=people) for wave in WAVES]


def give(wave: Standing, *, people: range, registered: Ints, bought: Bought, rng: np.random.Generator) -> None:
    """This stretch's coupons of a wave, and which of its orders used them."""
    issued = registered if wave.wave.days_ago is None else np.full(len(people), wave.since)
    chosen = (rng.random(len(people)) < wave.wave.share) & (registered <= issued) & (issued >= wave.since)
    # Midnight in Shanghai after the last day.
    until = ((issued + _ZONE) // _DAY + (wave.wave.facts.valid_days or 0) + 1) * _DAY - _ZONE
    order = _first_use(wave.wave.facts, bought, people, chosen, issued, until)
    who = np.flatnonzero(chosen)
    if not len(who):
        return
    used = order[who] >= 0
    row = order[who]
    off = np.where(used, _off(wave.wave.facts, bought.totals[row], bought.reduced[row]), 0)
    load_coupons(
        PastCoupons(
            template=wave.template,
            reason=wave.wave.reason,
            customers=who + people.start,
            issued=issued[who],
            until=until[who],
            used=np.where(used, bought.moments[row], NEVER),
            off=off,
            stores=np.where(used, bought.stores[row], 0),
            documents=[f"demo:{bought.numbers[one]}" if one >= 0 else "" for one in row.tolist()],
            batch=wave.batch,
        )
    )
    # What one coupon explains of an order's reduction, another does not.
    np.subtract.at(bought.reduced, row[used], off[used])


def _open(wave: Wave, *, segment: int, now: int, people: int) -> Standing:
    since = now - (wave.days_ago if wave.days_ago is not None else 180) * _DAY
    at = datetime.fromtimestamp(since, UTC)
    if (template := template_by_code(wave.facts.code)) is None:
        with clock.simulated(at - timedelta(days=1)):
            template = draft_template(facts=wave.facts).pk
            open_template(template=template)
    batch = next((row.pk for row in batches_of(template)), None)
    if wave.words and batch is None:
        expected = int(people * wave.share)
        batch = begin_batch(template=template, segment=segment, reason=wave.words, people=expected, at=at)
    return Standing(wave, template, batch, since)


def _off(facts: TemplateFacts, totals: Ints, reduced: Ints) -> Ints:
    """As much as the coupon takes off, never more than the order was reduced by."""
    most = facts.value if facts.kind is CouponKind.AMOUNT else facts.most_fen or 0
    worth = np.full(len(totals), most) if facts.kind is CouponKind.AMOUNT else (totals + reduced) * facts.value // 100
    found: Ints = np.minimum(np.minimum(worth, most), reduced)
    return found


def _first_use(facts: TemplateFacts, bought: Bought, people: range, chosen: object, issued: Ints, until: Ints) -> Ints:
    """The first order of each that may have used it, -1 for none."""
    who = bought.customers - people.start
    least = facts.value if facts.kind is CouponKind.AMOUNT else 1
    fits = (bought.totals + bought.reduced >= facts.threshold_fen) & (bought.reduced >= least)
    in_time = (bought.moments >= issued[who]) & (bought.moments < until[who])
    rows = np.flatnonzero(fits & in_time & np.asarray(chosen)[who])
    order = np.full(len(people), -1, dtype=np.int64)
    # The earliest is written last, and stays.
    latest_first = rows[np.argsort(-bought.moments[rows], kind="stable")]
    order[who[latest_first]] = latest_first
    return order
