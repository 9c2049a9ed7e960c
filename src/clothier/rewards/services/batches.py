"""Coupons for everybody of a segment: a piece at a time, each with its checkpoint in one transaction.

A process that dies leaves the batch at the last piece; whoever works next goes on from there, and nobody gets two.
"""

from collections import Counter

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clothier.customers.selectors import condition_of, members, people_of, records_of_all, size_of, version_of
from clothier.eventlog.services import record, record_alike
from clothier.kernel import clock, columns
from clothier.kernel.columns import Every
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.rewards.events import CouponIssued, CouponsSentOut
from clothier.rewards.models import Batch, Coupon, Template, TemplateDay
from clothier.rewards.rules.codes import new_code
from clothier.rewards.services.issuing import claim, counts, had_enough, validity

PIECE = 1000


def issue_to_segment(
    *, template: int, segment: int, reason: str, actor: int | None = None, key: str | None = None
) -> Batch:
    """Begin to give everybody of a segment one coupon; the worker does it. Idempotent by `key`."""
    if key and (known := Batch.objects.filter(key=key).first()):
        return known
    if not reason.strip():
        raise Refused(_("请写明为什么发给这群人"), field="reason")
    kind = Template.objects.filter(pk=template, state=Template.State.OPEN).first()
    if kind is None:
        raise Refused(_("这种券现在不发放"), field="template")
    number = version_of(segment)
    if number is None:
        raise Refused(_("请选择人群"), field="segment")
    try:
        with transaction.atomic():
            return Batch.objects.create(
                template=kind,
                segment_id=segment,
                segment_version=number,
                reason=reason.strip()[:120],
                key=key,
                expected=size_of(condition_of(segment, number=number)).people,
                actor_id=actor,
                started_at=clock.now(),
            )
    except IntegrityError:
        return Batch.objects.get(key=key)


def stop_batch(*, batch: int, actor: int | None = None) -> None:
    """Whoever has not been reached gets nothing; who has, keeps the coupon."""
    _end(batch, Batch.State.STOPPED, _("有人叫停"))


def work_once() -> int:
    """Do a piece of the batch that waits longest; how many people were looked at. For the worker's loop."""
    batch = Batch.objects.filter(state=Batch.State.RUNNING).order_by("pk").first()
    return _piece(batch) if batch else 0


@transaction.atomic
def _piece(batch: Batch) -> int:
    # Whoever moves the checkpoint first has the piece; another worker finds it moved and comes back later.
    mine = Batch.objects.filter(pk=batch.pk, state=Batch.State.RUNNING, reached=batch.reached)
    if not mine.update(reached=F("reached")):
        return 0
    condition = condition_of(batch.segment_id, number=batch.segment_version)
    people = [profile.pk for profile in members(condition, after=batch.reached, limit=PIECE)]
    if not people:
        _finish(batch)
        return 0
    try:
        # The template's row is held from here on, so that nobody else issues what is counted as left.
        kind = claim(batch.template_id, 0, clock.now())
    except Refused as refusal:
        _end(batch.pk, Batch.State.STOPPED, refusal.message)
        return 0
    wanting = _wanting(kind, people)
    room = _room(kind)
    getting = wanting if room is None else wanting[:room]
    _issue(batch, kind, getting)
    short = len(getting) < len(wanting)
    mine.update(
        reached=getting[-1] if short and getting else batch.reached if short else people[-1],
        issued=F("issued") + len(getting),
        skipped=F("skipped") + (0 if short else len(people) - len(getting)),
    )
    if short:
        _end(batch.pk, Batch.State.STOPPED, _("券不够了：还有人没有领到"))
    return len(people)


def _wanting(kind: Template, people: list[int]) -> list[int]:
    """Those who may have one more, of this kind and of all kinds, over all their records."""
    if counts("segment") and (enough := had_enough(people)):
        people = [person for person in people if person not in enough]
    if kind.limit_customer is None:
        return people
    whose = people_of(records_of_all(people))
    held = Coupon.objects.filter(template=kind, customer_id__in=list(whose)).values_list("customer_id", flat=True)
    has = Counter(whose[pk] for pk in held if pk is not None)
    return [person for person in people if has[person] < kind.limit_customer]


def _room(kind: Template) -> int | None:
    """How many may still be issued in all and today; the row is ours."""
    left = [] if kind.limit_total is None else [kind.limit_total - kind.issued]
    if kind.limit_day is not None:
        day = TemplateDay.objects.get(template=kind, day=timezone.localdate(clock.now()))
        left.append(kind.limit_day - day.issued)
    return max(min(left), 0) if left else None


def _issue(batch: Batch, kind: Template, people: list[int]) -> None:
    if not people:
        return
    now, count = clock.now(), len(people)
    claim(kind.pk, count, now)
    start, end = validity(kind, now)
    told: columns.Columns = {
        "template_id": Every(kind.pk),
        "code": [new_code() for _one in people],
        "customer_id": people,
        "batch_id": Every(batch.pk),
        "reason": Every("segment"),
        "state": Every("open"),
        "valid_from": Every(start),
        "valid_until": Every(end),
        "document": Every(""),
        "off_fen": Every(0),
        "issued_at": Every(now),
    }
    ids = columns.insert(Coupon, told, count=count)
    shape = {"template_id": kind.pk, "reason": "segment", "batch_id": batch.pk}
    record_alike(
        CouponIssued,
        ({"coupon_id": pk, **shape} for pk in ids),
        subject_kind="coupon",
        subjects=ids,
        customers=people,
        stores=[None] * count,
        actors=[batch.actor_id] * count,
        occurred_at=[now] * count,
    )


def _finish(batch: Batch) -> None:
    _end(batch.pk, Batch.State.DONE, "")
    row = Batch.objects.get(pk=batch.pk)
    event = CouponsSentOut(batch_id=row.pk, template_id=row.template_id, issued=row.issued, skipped=row.skipped)
    record(event, subject=Ref("coupon_batch", row.pk), actor=row.actor_id)


def _end(batch: int, state: str, problem: str) -> None:
    running = Batch.objects.filter(pk=batch, state=Batch.State.RUNNING)
    running.update(state=state, problem=problem[:200], finished_at=clock.now())
