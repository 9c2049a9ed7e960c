"""The sheet for the morning's stand-up: what yesterday came to, what today brings, and one thing to praise."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from clothier.bookings.selectors import activities_today, appointments_today
from clothier.desks.manager.day import Place, Stretch, whole
from clothier.desks.manager.figures import Change, Day, compared, figures, kept_target, promise_names
from clothier.desks.roster import words as roster
from clothier.desks.rulebook.words import role
from clothier.kernel.access import Viewer
from clothier.staff.selectors import names_of, on_shift, post_name
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import Figures
from clothier.standards.selectors.backlog import broken_between
from clothier.standards.selectors.reasons import reasons_of
from clothier.visits.contracts import TaskView
from clothier.visits.selectors import tasks_of_day

# Of the day's broken promises so many are looked at, and the worst of them printed.
CONSIDERED, BROKEN = 60, 10
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise's day; `low` when it missed the chain's target."""

    name: str
    figures: Figures
    low: bool


@dataclass(frozen=True, slots=True)
class Breach:
    promise: PromiseView
    who: str
    reason: str

    @property
    def late_seconds(self) -> int:
        return max(self.promise.elapsed_seconds - self.promise.target_seconds, 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """Everybody who works the same hours today, by post."""

    hours: str
    posts: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    day: date
    yesterday: date
    figures: Day
    before: Day
    target: float | None
    kept: list[Kept]
    breaches: list[Breach]
    more: bool
    tasks: list[TaskView]
    appointments: list[Any]
    activities: list[Any]
    turns: list[Turn]
    praise: str

    @property
    def visits(self) -> Change:
        than, few = _("比上周同一天"), _("上周同一天 %(n)s 组")
        return compared(self.figures.visits, self.before.visits, base=self.before.visits, than=than, few=few)

    @property
    def sales(self) -> Change:
        than, few = _("比上周同一天"), _("上周同一天 %(n)s 单")
        return compared(self.figures.net_fen, self.before.net_fen, base=self.before.orders, than=than, few=few)


def compose(viewer: Viewer, *, store: Place, now: datetime, language: str) -> Sheet:
    zone = ZoneInfo(store.zone_info)
    day = now.astimezone(zone).date()
    yesterday = day - timedelta(days=1)
    today, past = whole(zone, day), whole(zone, yesterday)
    done = figures(viewer, store=store.pk, stretch=past)
    before = figures(viewer, store=store.pk, stretch=whole(zone, yesterday - timedelta(weeks=1)))
    names, target = promise_names(language), kept_target()
    breaches, more = _breaches(viewer, store.pk, past, language)
    return Sheet(
        day=day,
        yesterday=yesterday,
        figures=done,
        before=before,
        target=target,
        kept=_kept(done.promises, names, target),
        breaches=breaches,
        more=more,
        tasks=tasks_of_day(viewer, store=store.pk, day=day),
        appointments=appointments_today(viewer, store=store.pk, start=today.start, end=today.end),
        activities=activities_today(store=store.pk, start=today.start, end=today.end),
        turns=_turns(store.pk, today, zone),
        praise=praise(done, before, names),
    )


def praise(done: Day, before: Day, names: dict[str, str]) -> str:
    """One true thing worth saying aloud, found in the figures; empty when there is none.

    First a promise kept every time (the one with most turns), then the one that improved most on the week before,
    then more visitors or more sales than then.
    """
    whole_ = [(each.kept, key) for key, each in done.promises.items() if each.broken == 0 and each.kept >= ENOUGH]
    if whole_:
        kept, key = max(whole_)
        return _("“%(promise)s”昨天 %(n)s 次，次次做到。") % {"promise": names.get(key, key), "n": kept}
    if better := _improved(done, before):
        share, key = max(better)
        facts = {"promise": names.get(key, key), "points": round(share * 100)}
        return _("“%(promise)s”比上周同一天多守住 %(points)s 个百分点。") % facts
    if before.net_fen and done.net_fen > before.net_fen:
        return _("销售额超过上周同一天，谢谢大家。")
    if before.visits and done.visits > before.visits:
        return _("昨天接待了 %(n)s 组顾客，比上周同一天多。") % {"n": done.visits}
    return ""


def _improved(done: Day, before: Day) -> list[tuple[float, str]]:
    found = []
    for key, each in done.promises.items():
        then = before.promises.get(key, Figures())
        if each.rate is not None and then.rate is not None and each.kept + each.broken >= ENOUGH:
            found.append((each.rate - then.rate, key))
    return [(share, key) for share, key in found if share >= 0.01]


def _kept(promises: dict[str, Figures], names: dict[str, str], target: float | None) -> list[Kept]:
    return [
        Kept(name, each, target is not None and each.rate is not None and each.rate < target)
        for key, name in names.items()
        if (each := promises.get(key))
    ]


def _breaches(viewer: Viewer, store: int, past: Stretch, language: str) -> tuple[list[Breach], bool]:
    found = broken_between(viewer, store=store, since=past.start, until=past.end, limit=CONSIDERED, language=language)
    shown = sorted(found, key=_lateness, reverse=True)[:BROKEN]
    reasons = reasons_of(promise.id for promise in shown)
    names = names_of(promise.owner_id for promise in shown)
    breaches = [
        Breach(
            promise=promise,
            who=names.get(promise.owner_id or 0, "") or role(promise.owner_role),
            reason=reasons.get(promise.id, ""),
        )
        for promise in shown
    ]
    return breaches, len(found) > BROKEN


def _lateness(promise: PromiseView) -> float:
    return promise.elapsed_seconds / max(promise.target_seconds, 1)


def _turns(store: int, today: Stretch, zone: ZoneInfo) -> list[Turn]:
    turns: dict[tuple[datetime, datetime], Turn] = {}
    for shift in on_shift(store=store, start=today.start, end=today.end):
        # Last night's shift and tonight's may read alike.
        hours = (shift.starts_at, shift.ends_at)
        if hours not in turns:
            turns[hours] = Turn(roster.span(*hours, zone), posts={})
        turns[hours].posts.setdefault(post_name(shift.post), []).append(shift.name)
    return list(turns.values())
