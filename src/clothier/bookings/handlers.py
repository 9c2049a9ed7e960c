"""What a profile shows of bookings: what is next, the words of the timeline, the rows of an export."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.bookings.models import Appointment, SignUp
from clothier.bookings.selectors import service_name, signed_up, upcoming_for
from clothier.customers.contracts import Panel, exporter, panel, timeline_sentence
from clothier.eventlog.contracts import Happening
from clothier.kernel.access import STAFF, Viewer

PLAIN = {
    "appointment.reopened": pgettext_lazy("timeline", "预约恢复"),
    "appointment.check_in_undone": pgettext_lazy("timeline", "预约到店被撤销"),
    "appointment.reminded": pgettext_lazy("timeline", "预约提醒"),
    "appointment.route_prepared": pgettext_lazy("timeline", "准备了专属路线"),
    "appointment.rescheduled": pgettext_lazy("timeline", "预约改期"),
    "activity.sign_up_cancelled": pgettext_lazy("timeline", "取消了活动报名"),
    "activity.moved_up": pgettext_lazy("timeline", "候补成功"),
    "activity.attended": pgettext_lazy("timeline", "参加了活动"),
    "activity.attendance_undone": pgettext_lazy("timeline", "活动签到被撤销"),
}


def _plain(sentence: Any) -> Callable[[Happening], Any]:
    return lambda entry: sentence


for _type, _sentence in PLAIN.items():
    timeline_sentence(_type)(_plain(_sentence))


@timeline_sentence("appointment.booked")
def say_booked(entry: Happening) -> Any:
    return format_lazy(_("预约了{service}"), service=service_name(entry.payload["service"]))


@timeline_sentence("appointment.cancelled")
def say_cancelled(entry: Happening) -> Any:
    reason = dict(Appointment.Reason.choices).get(entry.payload["reason"], "")
    return format_lazy(_("取消预约（{reason}）"), reason=reason)


@timeline_sentence("appointment.checked_in")
def say_checked_in(entry: Happening) -> Any:
    return format_lazy(_("按预约到店：{service}"), service=service_name(entry.payload.get("service", "")))


@timeline_sentence("appointment.missed")
def say_missed(entry: Happening) -> Any:
    return format_lazy(_("预约未到店：{service}"), service=service_name(entry.payload.get("service", "")))


@timeline_sentence("activity.signed_up")
def say_signed_up(entry: Happening) -> Any:
    n = entry.payload["seats"]
    if entry.payload["state"] == "waiting":
        return format_lazy(_("候补活动，{n} 位"), n=n)
    return format_lazy(_("报名活动，{n} 位"), n=n)


@panel("bookings", order=25)
def next_bookings(viewer: Viewer, customer_ids: Sequence[int]) -> Panel | None:
    """What the person has booked and signed up for; nothing for somebody who expects nothing."""
    appointments = upcoming_for(viewer, customers=customer_ids)
    signed = signed_up(customer_ids) if viewer.role in STAFF else []
    if not appointments and not signed:
        return None
    return Panel(
        title=_("预约与活动"),
        template="bookings/panels/next.html",
        context={"appointments": appointments, "signed": signed},
    )


@exporter("appointments")
def export_appointments(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every appointment of the person."""
    rows = Appointment.objects.filter(customer_id__in=list(customer_ids)).order_by("at")
    return [
        {
            "store": row.store_id,
            "service": row.service,
            "at": row.at,
            "minutes": row.minutes,
            "purpose": row.purpose,
            "state": row.state,
        }
        for row in rows.iterator(chunk_size=500)
    ]


@exporter("activities")
def export_sign_ups(customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every activity the person signed up for."""
    rows = SignUp.objects.filter(customer_id__in=list(customer_ids)).select_related("activity").order_by("id")
    return [
        {
            "activity": row.activity.title,
            "starts_at": row.activity.starts_at,
            "seats": row.seats,
            "state": row.state,
            "signed_at": row.signed_at,
            "attended_at": row.attended_at,
        }
        for row in rows.iterator(chunk_size=500)
    ]
