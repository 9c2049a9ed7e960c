"""Free time as arithmetic: what can begin when, and who is free for it."""

from clothier.bookings.rules.slots import QUARTER, first_free, quarters, starts, tick

__all__ = ["QUARTER", "first_free", "quarters", "starts", "tick"]
