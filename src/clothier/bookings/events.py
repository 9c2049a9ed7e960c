"""What happens to appointments and activities. Every event of a booking has its customer on the entry."""

from datetime import datetime
from typing import ClassVar, Literal

from clothier.eventlog.contracts import Event


class AppointmentBooked(Event):
    """A customer has a time. Subject: appointment. `employee_id`: who is there for them, where it needs somebody."""

    type: ClassVar[str] = "appointment.booked"
    service: str
    starts_at: datetime
    minutes: int
    employee_id: int | None = None


class AppointmentRescheduled(Event):
    """The time was moved, or somebody else will be there."""

    type: ClassVar[str] = "appointment.rescheduled"
    was: datetime
    starts_at: datetime
    employee_id: int | None = None


class AppointmentCancelled(Event):
    """The time is free again. `late`: after the deadline of the house rules. `reason`: customer, store or mistake."""

    type: ClassVar[str] = "appointment.cancelled"
    reason: str
    late: bool = False


class AppointmentReopened(Event):
    """A cancellation or a missed appointment was taken back."""

    type: ClassVar[str] = "appointment.reopened"


class AppointmentCheckedIn(Event):
    """The customer has come; for a service with a route its `zone_ids` in order."""

    type: ClassVar[str] = "appointment.checked_in"
    service: str = ""
    employee_id: int | None = None
    zone_ids: tuple[int, ...] = ()


class AppointmentCheckInUndone(Event):
    """The arrival was a slip of the thumb: the customer is expected again."""

    type: ClassVar[str] = "appointment.check_in_undone"


class AppointmentMissed(Event):
    """Nobody came in time."""

    type: ClassVar[str] = "appointment.missed"
    service: str = ""


class AppointmentReminded(Event):
    """A reminder went out, so many seconds `before`, by `carrier`."""

    type: ClassVar[str] = "appointment.reminded"
    before: int
    carrier: str


class AppointmentRoutePrepared(Event):
    """Where the experience officer will go with the customer: the zones in order."""

    type: ClassVar[str] = "appointment.route_prepared"
    zone_ids: tuple[int, ...]


class ActivityAnnounced(Event):
    """An activity is in the diary. Subject: activity."""

    type: ClassVar[str] = "activity.announced"
    kind: str
    starts_at: datetime
    capacity: int | None = None


class ActivityChanged(Event):
    """Its time, place or capacity changed; `moved`: its time did."""

    type: ClassVar[str] = "activity.changed"
    moved: bool = False
    capacity: int | None = None


class ActivityCancelled(Event):
    """It does not take place; `signed_up` customers had seats or were waiting."""

    type: ClassVar[str] = "activity.cancelled"
    signed_up: int = 0


class ActivitySignedUp(Event):
    """A customer has seats, or waits for them. Subject: activity."""

    type: ClassVar[str] = "activity.signed_up"
    sign_up_id: int
    seats: int
    state: Literal["seated", "waiting"]


class ActivitySignUpCancelled(Event):
    """A customer gives the seats back, or waits no more."""

    type: ClassVar[str] = "activity.sign_up_cancelled"
    sign_up_id: int
    seats: int


class ActivityMovedUp(Event):
    """Seats became free for somebody who waited."""

    type: ClassVar[str] = "activity.moved_up"
    sign_up_id: int
    seats: int


class ActivityAttended(Event):
    """A customer who had signed up is there."""

    type: ClassVar[str] = "activity.attended"
    sign_up_id: int
    seats: int


class ActivityAttendanceUndone(Event):
    """The attendance was a slip of the thumb."""

    type: ClassVar[str] = "activity.attendance_undone"
    sign_up_id: int
