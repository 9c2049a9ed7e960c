"""The steps of serving, each one thumb: greet, stop, approach, need, proposal, aid."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.services import once
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch, insert
from clothier.places.selectors import store_has_zone
from clothier.visits import events, rules
from clothier.visits.models import Need, ProposedStyle, Stay, Step, Visit
from clothier.visits.rules import StepKind
from clothier.visits.services.facts import believed, tell

STYLES = range(1, 31)


class StepTaken(Exception):
    """The step is taken already; `step` says by whom and when."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.kind)
        self.step = step


def step_of(entry: Happening) -> Step:
    """The step an entry tells of, taken back since or not."""
    kind = entry.type.removeprefix("visit.")
    return Step.objects.filter(visit_id=entry.subject_id, kind=kind, at=entry.occurred_at).latest("id")


def _stay_of(entry: Happening) -> Stay:
    return Stay.objects.filter(visit_id=entry.subject_id, entered_at=entry.occurred_at).latest("id")


def locked(visit: int, moment: rules.Moment, *, even_left: bool = False) -> Visit:
    """The visit, held until the transaction ends. Refused when the moment lies after the customer had left."""
    row = next(iter(fetch(Visit, "id = %s", [visit], hold=True)), None)
    if row is None or row.outcome == Visit.Outcome.VOID:
        raise Refused(_("没有找到这位客人的到店记录"))
    if row.left_at and moment.at > row.left_at and not even_left:
        raise Refused(_("客人已经离店"))
    return row


def existing_step(visit: int, kind: str) -> Step | None:
    return next(iter(fetch(Step, "visit_id = %s AND kind = %s AND undone_at IS NULL", [visit, kind])), None)


def add_step(
    visit: Visit, kind: str, moment: rules.Moment, actor: int | None, *, zone: int | None = None, detail: str = ""
) -> Step:
    """A step, never earlier than the arrival. Raises StepTaken when a once-only step is there already.

    The caller holds the visit's lock, so looking first is safe; the unique constraint stands behind it.
    """
    if kind in rules.ONCE and (taken := existing_step(visit.pk, kind)):
        raise StepTaken(taken)
    return insert_step(visit, kind, moment, actor, zone=zone, detail=detail)


def insert_step(
    visit: Visit, kind: str, moment: rules.Moment, actor: int | None, *, zone: int | None = None, detail: str = ""
) -> Step:
    """Insert a step of which the caller knows that it is not there yet."""
    step = Step(
        visit=visit,
        kind=kind,
        at=max(moment.at, visit.arrived_at),
        recorded_at=moment.recorded_at,
        by_id=actor,
        zone_id=zone,
        detail=detail,
    )
    insert([step])
    return step


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
        _check_zone(row, zone)
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


@once(_stay_of, events.VisitZoneEntered)
def enter_zone(
    *,
    visit: int,
    zone: int,
    dwell_seconds: int,
    occurred_at: datetime | None = None,
    key: str | None = None,
) -> Stay:
    """A stay in a zone that a sensor or an import tells of; `occurred_at` is when it began. At most a day long."""
    if not 0 <= dwell_seconds <= 86_400:
        raise Refused(_("停留时间应在一天以内"), field="dwell_seconds")
    moment = believed(occurred_at)
    with transaction.atomic():
        row = locked(visit, moment)
        _check_zone(row, zone)
        stay = Stay.objects.create(visit=row, zone_id=zone, entered_at=moment.at, dwell_seconds=dwell_seconds)
        event = events.VisitZoneEntered(zone_id=zone, dwell_seconds=dwell_seconds)
        tell(event, row, moment, actor=None, key=key)
        return stay


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


def take(
    visit: Visit,
    kind: StepKind,
    event: Event,
    moment: rules.Moment,
    actor: int | None,
    key: str | None,
    *,
    zone: int | None = None,
    detail: str = "",
) -> Step:
    """Add a step and tell of it at the step's own time, so that a repetition finds it again."""
    step = add_step(visit, kind, moment, actor, zone=zone, detail=detail)
    tell(event, visit, rules.Moment(step.at, moment.recorded_at), actor=actor, key=key)
    return step


def _replace(step: Step, moment: rules.Moment) -> None:
    Step.objects.filter(pk=step.pk, undone_at=None).update(undone_at=moment.recorded_at)


def told_kindly(step: Step) -> str:
    """What the second of two colleagues hears."""
    who = step.by.name if step.by else _("同事")
    return {
        StepKind.GREETED: _("%(who)s 已经问候过这位客人了，谢谢"),
        StepKind.APPROACHED: _("%(who)s 正在接待这位客人，谢谢"),
        StepKind.LEFT: _("%(who)s 已经送别这位客人了，谢谢"),
    }[StepKind(step.kind)] % {"who": who}


def _check_zone(visit: Visit, zone: int | None) -> None:
    if zone is not None and not store_has_zone(visit.store_id, zone):
        raise Refused(_("这家门店没有这个区位"), field="zone")


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
