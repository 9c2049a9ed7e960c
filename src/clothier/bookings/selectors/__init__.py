"""Questions about appointments and activities."""

from clothier.bookings.selectors.day import activities_today, appointments_today, awaited

__all__ = ["activities_today", "appointments_today", "awaited"]
