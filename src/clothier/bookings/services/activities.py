"""Activities are announced, changed and called off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clothier.bookings.contracts import Notice, carry
from clothier.bookings.events import ActivityAnnounced, ActivityCancelled, ActivityChanged
from clothier.bookings.models import Activity, SignUp
from clothier.bookings.selectors.words import told_activity
from clothier.bookings.services.moving import move_up
from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused

LONGEST = timedelta(days=14)
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an activity is. Aware times; without `capacity` nobody signs up; without `store` it is everywhere."""

    title: str
    starts_at: datetime
    ends_at: datetime
    kind: str = Activity.Kind.OTHER
    store: int | None = None
    title_en: str = ""
    about: str = ""
    about_en: str = ""
    place: str = ""
    host: int | None = None
    capacity: int | None = None


def _activity(entry: Happening) -> Activity:
    return Activity.objects.get(pk=entry.subject_id)


@once(_activity, ActivityAnnounced)
def announce(*, plan: Plan, actor: int | None = None, key: str | None = None) -> Activity:
    """Put an activity into the diary. Refused for the past, and for what has seats but no store to hold them in."""
    _check(plan)
    if plan.ends_at <= clock.now():
        raise Refused(_("活动时间已经过去"), field="starts_at")
    with transaction.atomic():
        row = Activity.objects.create(**_columns(plan))
        event = ActivityAnnounced(kind=row.kind, starts_at=row.starts_at, capacity=row.capacity)
        record(event, subject=row.ref, store=row.store_id, actor=actor, key=key)
        return row


@once(_activity, ActivityChanged)
def change(*, activity: int, plan: Plan, actor: int | None = None, key: str | None = None) -> Activity:
    """What is said now holds. More seats go to who waits; fewer than are given are refused. Moved, the customers hear.

    Its store stays: seats and customers are there.
    """
    _check(plan)
    with transaction.atomic():
        row = locked(activity)
        if row.cancelled_at or row.ends_at <= clock.now():
            raise Refused(_("活动已经结束或取消，不能再改"))
        if plan.store != row.store_id:
            raise Refused(_("活动不能换门店"), field="store")
        if plan.capacity is not None and plan.capacity < row.taken:
            raise Refused(_("已有 %(n)s 人报名，名额不能更少") % {"n": row.taken}, field="capacity")
        if plan.capacity is None and row.sign_ups.exclude(state=SignUp.State.CANCELLED).exists():
            raise Refused(_("已有人报名，不能改为不用报名"), field="capacity")
        moved = (row.starts_at, row.place) != (plan.starts_at, plan.place)
        columns = _columns(plan)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        event = ActivityChanged(moved=moved, capacity=row.capacity)
        record(event, subject=row.ref, store=row.store_id, actor=actor, key=key)
        move_up(row, actor=actor)
        if moved:
            kind = f"activity_moved-{int(row.starts_at.timestamp())}"
            tell_all(row, kind, "活动改期或换地点，请告知顾客", "Moved; tell the customer")
        return row


@transaction.atomic
def call_off(*, activity: int, actor: int | None = None) -> Activity:
    """It does not take place; everybody who signed up is told. Twice is once."""
    row = locked(activity)
    if row.cancelled_at:
        return row
    if row.ends_at <= clock.now():
        raise Refused(_("活动已经结束"))
    row.cancelled_at, row.cancelled_by_id = clock.now(), actor
    row.save(update_fields=["cancelled_at", "cancelled_by"])
    signed = row.sign_ups.exclude(state=SignUp.State.CANCELLED).count()
    record(ActivityCancelled(signed_up=signed), subject=row.ref, store=row.store_id, actor=actor)
    tell_all(row, "activity_cancelled", "活动取消，请告知顾客", "Called off; tell the customer")
    return row


@transaction.atomic
def put_back(*, activity: int, actor: int | None = None) -> Activity:
    """Calling it off was a mistake: everybody has their seats again."""
    row = locked(activity)
    if row.cancelled_at:
        row.cancelled_at = row.cancelled_by = None
        row.save(update_fields=["cancelled_at", "cancelled_by"])
        record(ActivityChanged(capacity=row.capacity), subject=row.ref, store=row.store_id, actor=actor)
    return row


def locked(activity: int) -> Activity:
    """The activity, held until the transaction is over. Refused when there is none."""
    row = Activity.objects.select_for_update().filter(pk=activity).first()
    if row is None:
        raise Refused(_("没有找到这个活动"), field="activity")
    return row


def tell_all(row: Activity, kind: str, zh: str, en: str) -> None:
    """A notice for each customer with a seat, and for who waits for one."""
    zh_what, en_what = told_activity(row, row.store_id or 0)
    for signed in row.sign_ups.filter(~Q(state=SignUp.State.CANCELLED)).order_by("id"):
        carry(
            Notice(
                kind=f"{kind}-{signed.pk}",
                subject=row.ref,
                customer=signed.customer_id,
                store=row.store_id or 0,
                text=f"{zh}：{zh_what}（报名 {signed.pk}）",
                text_en=f"{en}: {en_what} (sign-up {signed.pk})",
                due_at=min(clock.now() + timedelta(hours=2), max(row.starts_at, clock.now())),
                employee=row.host_id,
            )
        )


def _check(plan: Plan) -> None:
    if not plan.title.strip():
        raise Refused(_("请填写活动名称"), field="title")
    if plan.kind not in Activity.Kind.values:
        raise Refused(_("请选择活动类型"), field="kind")
    if plan.ends_at <= plan.starts_at or plan.ends_at - plan.starts_at > LONGEST:
        raise Refused(_("结束要晚于开始，最长两周"), field="ends_at")
    if plan.starts_at > clock.now() + AHEAD:
        raise Refused(_("最多提前一年安排"), field="starts_at")
    if plan.capacity is not None and not 1 <= plan.capacity <= 1000:
        raise Refused(_("名额请填 1 到 1000"), field="capacity")
    if plan.capacity is not None and plan.store is None:
        raise Refused(_("需要报名的活动请选一家门店"), field="store")


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "store_id": plan.store,
        "kind": plan.kind,
        "title": plan.title.strip()[:80],
        "title_en": plan.title_en.strip()[:120],
        "about": plan.about.strip()[:300],
        "about_en": plan.about_en.strip()[:400],
        "place": plan.place.strip()[:40],
        "host_id": plan.host,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "capacity": plan.capacity,
    }
