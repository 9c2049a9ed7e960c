"""Appointments and activities in a sentence, for whoever tells the customer."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from clothier.bookings.models import Activity, Appointment
from clothier.places.selectors import store as store_by_id
from clothier.standards.selectors import document


def service_name(service: str, language: str = "") -> str:
    """A service in a language, the reader's when none is named; its code where the house rules know it no more."""
    rule = document("bookings").find(service)
    return rule.name.say(language or get_language() or "") if rule else service


def service_names() -> dict[str, str]:
    """Every service of the house rules in the reader's language, in their order."""
    language = get_language() or ""
    return {rule.key: rule.name.say(language) for rule in document("bookings").services}


def reasons() -> list[tuple[str, Any]]:
    """Why an appointment may be cancelled, by code and in words."""
    return [(code, label) for code, label in Appointment.Reason.choices]


def activity_kinds() -> list[tuple[str, Any]]:
    return [(code, label) for code, label in Activity.Kind.choices]


def told(row: Appointment) -> tuple[str, str]:
    """When, what and where, in Chinese and in English, on the store's own clock."""
    at = local(row.at, row.store_id)
    zh, en = service_name(row.service, "zh") or row.purpose, service_name(row.service, "en") or row.purpose
    return (
        f"{at.month}月{at.day}日 {at:%H:%M} {zh}（预约 {row.pk}）",
        f"{at:%d %b %H:%M}, {en} (appointment {row.pk})",
    )


def told_activity(row: Activity, store: int) -> tuple[str, str]:
    at = local(row.starts_at, store)
    return f"{at.month}月{at.day}日 {at:%H:%M} {row.title}", f"{at:%d %b %H:%M}, {row.title_en or row.title}"


def local(at: datetime, store: int) -> datetime:
    """A moment on a store's clock."""
    row = store_by_id(store)
    return at.astimezone(ZoneInfo(row.zone_info if row else "Asia/Shanghai"))
