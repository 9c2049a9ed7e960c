"""The verbs of appointments and activities. `actor` is an employee's id, None for a customer or a machine; `key` the
idempotency key: the same key twice gives the first outcome. All raise Refused with a sentence for people."""

from clothier.bookings.services.arrivals import check_in, undo_check_in

__all__ = ["check_in", "undo_check_in"]
