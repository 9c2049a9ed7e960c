"""Seats that become free go to who has waited longest."""

from datetime import timedelta

from django.db.models import F

from clothier.bookings.contracts import Notice, carry
from clothier.bookings.events import ActivityMovedUp
from clothier.bookings.models import Activity, SignUp
from clothier.bookings.selectors.words import told_activity
from clothier.eventlog.services import record
from clothier.kernel import clock


def take_seats(activity: int, seats: int) -> bool:
    """Take so many seats, or none. One conditional update: two who ask for the last seat cannot both have it."""
    free = Activity.objects.filter(pk=activity, cancelled_at=None, capacity__isnull=False)
    return bool(free.filter(taken__lte=F("capacity") - seats).update(taken=F("taken") + seats))


def give_seats(activity: int, seats: int) -> None:
    Activity.objects.filter(pk=activity).update(taken=F("taken") - seats)


def move_up(row: Activity, *, actor: int | None = None) -> int:
    """Whoever waits gets the free seats in the order of signing up; who needs more than are left is passed over, and
    stays first in line. How many moved up. Called with the activity held.
    """
    moved = 0
    if row.starts_at <= clock.now():
        return moved
    for signed in row.sign_ups.filter(state=SignUp.State.WAITING).order_by("id"):
        if take_seats(row.pk, signed.seats):
            signed.state, signed.moved_up_at = SignUp.State.SEATED, clock.now()
            signed.save(update_fields=["state", "moved_up_at"])
            event = ActivityMovedUp(sign_up_id=signed.pk, seats=signed.seats)
            record(event, subject=row.ref, customer=signed.customer_id, store=row.store_id, actor=actor)
            _tell(row, signed)
            moved += 1
    return moved


def _tell(row: Activity, signed: SignUp) -> None:
    zh, en = told_activity(row, row.store_id or 0)
    carry(
        Notice(
            kind=f"moved_up-{signed.pk}",
            subject=row.ref,
            customer=signed.customer_id,
            store=row.store_id or 0,
            text=f"候补有位，请告知顾客：{zh}（报名 {signed.pk}）",
            text_en=f"A seat is free, tell the customer: {en} (sign-up {signed.pk})",
            due_at=min(clock.now() + timedelta(hours=2), row.starts_at),
            employee=row.host_id,
        )
    )
