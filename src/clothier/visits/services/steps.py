"""The steps of serving, each one thumb: greet, stop, approach, need, proposal, aid."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.visits import events, rules
from clothier.visits.models import Need, ProposedStyle, Step
from clothier.visits.rules import StepKind
from clothier.visits.services.facts import believed
from clothier.visits.services.taking import StepTaken, check_zone, existing_step, locked, step_of, take, told_kindly

STYLES = range(1, 31)


@once(step_of, events.VisitGreeted)
def greet(*, visit: int, actor: int | None, occurred_at: datetime | None = None, key: str | None = None) -> Step:
    """The visitor is welcomed. Refused, naming the colleague, when somebody else was first."""
    return _take_once(visit, StepKind.GREETED, events.VisitGreeted(), actor, occurred_at, key)


@once(step_of, events.VisitApproached)
def approach(*, visit: int, actor: int | None, occurred_at: datetime | None = None, key: str | None = None) -> Step:
    """An associate takes the visitor on. Refused, naming the colleague, when somebody else was first."""
    return _take_once(visit, StepKind.APPROACHED, events.VisitApproached(), actor, occurred_at, key)


@once(step_of, events.VisitStopped)
def stop(
    *,
    visit: int,
    zone: int | None = None,
    asked: bool = False,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Step:
    """The visitor stopped in a zone or asked for somebody. Once an associate is with them, that step is returned."""
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        if served := existing_step(visit, StepKind.APPROACHED):
            return served
        check_zone(row, zone)
        event = events.VisitStopped(zone_id=zone, asked=asked)
        return take(row, StepKind.STOPPED, event, moment, actor, key, zone=zone)


@once(step_of, events.VisitNeedRecorded)
def record_need(
    *,
    visit: int,
    actor: int | None,
    occasion: str = "",
    category: str = "",
    wearer: str = "",
    budget_fen: int | None = None,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Step:
    """What the visitor is looking for; at least one of the facts. A later need replaces the picture, not the row."""
    _check_need(occasion, category, wearer, budget_fen)
    moment = believed(occurred_at)
    facts = {"occasion": occasion, "category": category, "wearer": wearer, "budget_fen": budget_fen}
    with transaction.atomic():
        row = locked(visit, moment)
        event = events.VisitNeedRecorded.model_validate(facts)
        step = take(row, StepKind.NEED_RECORDED, event, moment, actor, key)
        Need.objects.create(step=step, **facts)
        return step


@once(step_of, events.VisitProposed)
def propose(
    *,
    visit: int,
    actor: int | None,
    style_ids: Collection[int],
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Step:
    """Styles shown to the visitor, 1 to 30, each counted once."""
    styles = tuple(dict.fromkeys(style_ids))
    if len(styles) not in STYLES:
        raise Refused(_("请选择 1 到 30 个款式"), field="style_ids")
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        step = take(row, StepKind.PROPOSED, events.VisitProposed(style_ids=styles), moment, actor, key)
        ProposedStyle.objects.bulk_create(ProposedStyle(step=step, style_id=style) for style in styles)
        return step


@once(step_of, events.VisitAidOffered)
def offer_aid(
    *, visit: int, actor: int | None, kind: str, occurred_at: datetime | None = None, key: str | None = None
) -> Step:
    """Help beyond clothes: heavy bags, elderly, children, mobility, other."""
    if kind not in Step.Aid.values:
        raise Refused(_("请选择协助的类型"), field="kind")
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        return take(row, StepKind.AID_OFFERED, events.VisitAidOffered(kind=kind), moment, actor, key, detail=kind)


def _take_once(
    visit: int, kind: StepKind, event: Event, actor: int | None, occurred_at: datetime | None, key: str | None
) -> Step:
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        try:
            return take(row, kind, event, moment, actor, key)
        except StepTaken as taken:
            if taken.step.by_id == actor:
                return taken.step
            if not moment.late or moment.at >= taken.step.at:
                raise Refused(told_kindly(taken.step)) from None
            # An offline phone tells of an earlier hand: that one was first, and the log keeps both.
            _replace(taken.step, moment)
            return take(row, kind, event, moment, actor, key)


def _replace(step: Step, moment: rules.Moment) -> None:
    Step.objects.filter(pk=step.pk, undone_at=None).update(undone_at=moment.recorded_at)


def _check_need(occasion: str, category: str, wearer: str, budget_fen: int | None) -> None:
    if not (occasion or category or wearer or budget_fen):
        raise Refused(_("请至少选择一项需求"), field="occasion")
    if occasion and occasion not in Need.Occasion.values:
        raise Refused(_("请选择场合"), field="occasion")
    if wearer and wearer not in Need.Wearer.values:
        raise Refused(_("请选择穿着者"), field="wearer")
    if len(category) > 40:
        raise Refused(_("品类太长"), field="category")
    if budget_fen is not None and not 0 < budget_fen <= 100_000_000:
        raise Refused(_("预算应大于 0，不超过一百万元"), field="budget")
