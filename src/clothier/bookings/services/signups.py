"""Who comes to an activity: signed up, waiting, given up, and there."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.bookings.events import (
    ActivityAttendanceUndone,
    ActivityAttended,
    ActivitySignedUp,
    ActivitySignUpCancelled,
)
from clothier.bookings.models import Activity, SignUp
from clothier.bookings.services.activities import locked
from clothier.bookings.services.moving import give_seats, move_up, take_seats
from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document

State, Via = SignUp.State, SignUp.Via


def _sign_up(entry: Happening) -> SignUp:
    return SignUp.objects.get(pk=entry.payload["sign_up_id"])


@once(_sign_up, ActivitySignedUp)
@transaction.atomic
def sign_up(
    *,
    activity: int,
    customer: int,
    seats: int = 1,
    via: str = Via.STORE,
    actor: int | None = None,
    key: str | None = None,
) -> SignUp:
    """A customer gets seats, or the next place among those who wait. Signed up already, nothing changes."""
    row = locked(activity)
    if already := _of(row, customer):
        return already
    _check(row, seats, staff=via == Via.STORE)
    seated = take_seats(row.pk, seats)
    signed = SignUp.objects.create(
        activity=row,
        customer_id=customer,
        seats=seats,
        state=State.SEATED if seated else State.WAITING,
        via=via,
        signed_at=clock.now(),
        signed_by_id=actor,
    )
    event = ActivitySignedUp(sign_up_id=signed.pk, seats=seats, state="seated" if seated else "waiting")
    _tell(event, row, signed, actor, key)
    return signed


@once(_sign_up, ActivitySignUpCancelled)
@transaction.atomic
def cancel_sign_up(*, sign_up: int, via: str = Via.STORE, actor: int | None = None, key: str | None = None) -> SignUp:
    """The seats go to who waits, at once. Twice is once; refused for who was there, and once it is over."""
    row, signed = _locked(sign_up)
    if signed.state == State.CANCELLED:
        return signed
    if signed.attended_at:
        raise Refused(_("已经签到，不能取消报名"))
    if via != Via.STORE and row.starts_at <= clock.now():
        raise Refused(_("活动已经开始，请联系门店"))
    seated = signed.state == State.SEATED
    signed.state, signed.cancelled_at, signed.cancelled_by_id = State.CANCELLED, clock.now(), actor
    signed.save(update_fields=["state", "cancelled_at", "cancelled_by"])
    _tell(ActivitySignUpCancelled(sign_up_id=signed.pk, seats=signed.seats), row, signed, actor, key)
    if seated:
        give_seats(row.pk, signed.seats)
        move_up(row, actor=actor)
    return signed


@once(_sign_up, ActivityAttended)
@transaction.atomic
def attend(*, sign_up: int, actor: int | None = None, key: str | None = None) -> SignUp:
    """Somebody who signed up is there; who waited gets a seat if one is left. Twice is once."""
    row, signed = _locked(sign_up)
    if signed.attended_at:
        return signed
    if row.cancelled_at or clock.now() < row.starts_at - timedelta(hours=12):
        raise Refused(_("现在还不能签到"))
    if signed.state == State.CANCELLED:
        raise Refused(_("这个报名已经取消，请重新报名"))
    if signed.state == State.WAITING:
        if not take_seats(row.pk, signed.seats):
            raise Refused(_("名额已满，还在候补"))
        signed.state, signed.moved_up_at = State.SEATED, clock.now()
    signed.attended_at, signed.attended_by_id = clock.now(), actor
    signed.save(update_fields=["state", "moved_up_at", "attended_at", "attended_by"])
    _tell(ActivityAttended(sign_up_id=signed.pk, seats=signed.seats), row, signed, actor, key)
    return signed


@transaction.atomic
def undo_attendance(*, sign_up: int, actor: int | None = None) -> SignUp:
    """Was a slip of the thumb: the seat stays."""
    row, signed = _locked(sign_up)
    if signed.attended_at:
        signed.attended_at = signed.attended_by = None
        signed.save(update_fields=["attended_at", "attended_by"])
        _tell(ActivityAttendanceUndone(sign_up_id=signed.pk), row, signed, actor)
    return signed


def _check(row: Activity, seats: int, *, staff: bool) -> None:
    rules = document("bookings")
    if row.cancelled_at:
        raise Refused(_("活动已经取消"), field="activity")
    if row.capacity is None:
        raise Refused(_("这个活动不用报名，直接来就好"), field="activity")
    closes = row.ends_at if staff else row.starts_at - timedelta(seconds=rules.sign_up_until)
    if clock.now() >= closes:
        raise Refused(_("报名已经截止"), field="activity")
    if not 1 <= seats <= min(rules.seats_at_once, row.capacity):
        raise Refused(_("人数请填 1 到 %(n)s") % {"n": min(rules.seats_at_once, row.capacity)}, field="seats")


def _of(row: Activity, customer: int) -> SignUp | None:
    return SignUp.objects.filter(activity=row.pk, customer_id=customer).exclude(state=State.CANCELLED).first()


def _locked(sign_up: int) -> tuple[Activity, SignUp]:
    """The activity first, as every verb does, then the sign-up: nobody waits for somebody who waits for them."""
    found = SignUp.objects.filter(pk=sign_up).values_list("activity", flat=True).first()
    if found is None:
        raise Refused(_("没有找到这个报名"), field="sign_up")
    return locked(found), SignUp.objects.select_for_update().get(pk=sign_up)


def _tell(event: Event, row: Activity, signed: SignUp, actor: int | None, key: str | None = None) -> None:
    record(event, subject=row.ref, customer=signed.customer_id, store=row.store_id, actor=actor, key=key)
