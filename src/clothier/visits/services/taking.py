"""How a step is taken: the visit held, once-only steps once, and the log told."""

from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event, Happening
from clothier.kernel.errors import Refused
from clothier.kernel.rows import fetch, insert
from clothier.places.selectors import store_has_zone
from clothier.visits import rules
from clothier.visits.models import Step, Visit
from clothier.visits.rules import StepKind
from clothier.visits.services.facts import tell


class StepTaken(Exception):
    """The step is taken already; `step` says by whom and when."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.kind)
        self.step = step


def step_of(entry: Happening) -> Step:
    """The step an entry tells of, taken back since or not."""
    kind = entry.type.removeprefix("visit.")
    return Step.objects.filter(visit_id=entry.subject_id, kind=kind, at=entry.occurred_at).latest("id")


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


def told_kindly(step: Step) -> str:
    """What the second of two colleagues hears."""
    who = step.by.name if step.by else _("同事")
    return {
        StepKind.GREETED: _("%(who)s 已经问候过这位客人了，谢谢"),
        StepKind.APPROACHED: _("%(who)s 正在接待这位客人，谢谢"),
        StepKind.LEFT: _("%(who)s 已经送别这位客人了，谢谢"),
    }[StepKind(step.kind)] % {"who": who}


def check_zone(visit: Visit, zone: int | None) -> None:
    if zone is not None and not store_has_zone(visit.store_id, zone):
        raise Refused(_("这家门店没有这个区位"), field="zone")
