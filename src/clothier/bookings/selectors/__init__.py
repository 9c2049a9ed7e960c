"""Questions about appointments and activities."""

from clothier.bookings.proof import booking_differences
from clothier.bookings.selectors.activities import (
    activities_between,
    activities_for,
    activity_by_id,
    activity_view,
    attendees,
    coming_up,
    sign_up_view,
    sign_ups,
    signed_up,
)
from clothier.bookings.selectors.day import activities_today, appointments_today, awaited
from clothier.bookings.selectors.diary import (
    appointment_view,
    appointments_for,
    diary,
    mine,
    moments,
    of_customers,
    routes_now,
    upcoming_for,
)
from clothier.bookings.selectors.slots import offers, slots
from clothier.bookings.selectors.words import activity_kinds, reasons, service_name, service_names

__all__ = [
    "activities_between",
    "activities_for",
    "activities_today",
    "activity_by_id",
    "activity_kinds",
    "activity_view",
    "appointment_view",
    "appointments_for",
    "appointments_today",
    "attendees",
    "awaited",
    "booking_differences",
    "coming_up",
    "diary",
    "mine",
    "moments",
    "of_customers",
    "offers",
    "reasons",
    "routes_now",
    "service_name",
    "service_names",
    "sign_up_view",
    "sign_ups",
    "signed_up",
    "slots",
    "upcoming_for",
]
