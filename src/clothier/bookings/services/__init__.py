"""The verbs of appointments and activities. `actor` is an employee's id, None for a customer or a machine; `key` the
idempotency key: the same key twice gives the first outcome. All raise Refused with a sentence for people, and SlotTaken
(a Refused) with the next free times."""

from clothier.bookings.services.activities import Plan, announce, call_off, change, put_back
from clothier.bookings.services.arrivals import check_in, undo_check_in
from clothier.bookings.services.booking import book, reschedule
from clothier.bookings.services.endings import cancel, miss, note_missed, reopen
from clothier.bookings.services.reminding import remind_all
from clothier.bookings.services.routes import prepare_route
from clothier.bookings.services.signups import attend, cancel_sign_up, sign_up, undo_attendance

__all__ = [
    "Plan",
    "announce",
    "attend",
    "book",
    "call_off",
    "cancel",
    "cancel_sign_up",
    "change",
    "check_in",
    "miss",
    "note_missed",
    "prepare_route",
    "put_back",
    "remind_all",
    "reopen",
    "reschedule",
    "sign_up",
    "undo_attendance",
    "undo_check_in",
]
