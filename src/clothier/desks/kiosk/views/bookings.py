"""Free times on a shop's screen, booked with the member's code; the screen shows nobody's appointments."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clothier.bookings import services
from clothier.bookings.contracts import Slot, SlotTaken
from clothier.bookings.selectors import slots
from clothier.customers.selectors import by_identifier
from clothier.desks.kiosk.doors import forget, paired, the_device
from clothier.desks.kiosk.models import Device
from clothier.desks.roster import words
from clothier.desks.shell.limits import spare
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.services import use_code
from clothier.standards.selectors import document

VIA = "kiosk"
DAYS = 4


@paired
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, device: Device) -> HttpResponse:
    """Choose the service, the day and the time, show the code. The free times are those of now."""
    refusal, offers, asked = "", [], request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        try:
            row = _booked(request, device)
            told = {**the_device(device), "row": row, "name": _services()[row.service]}
            return forget(render(request, "kiosk/booked.html", told))
        except SlotTaken as gone:
            refusal, offers = gone.message, [_drawn(slot) for slot in gone.offers]
        except Refused as refused:
            refusal = refused.message
    context = {**the_device(device), **_choice(device, asked), "refusal": refusal, "offers": offers}
    return forget(render(request, "kiosk/book.html", context, status=422 if refusal else 200))


def _booked(request: HttpRequest, device: Device) -> Any:
    spare("booking", device.pk, a_minute=10)
    service, code = request.POST.get("service", ""), request.POST.get("value", "").strip()[:30]
    start = _moment(request.POST.get("start", ""))
    if start is None or service not in _services():
        raise Refused(_("请选一个时间"), field="start")
    customer = by_identifier("member", code) if code else None
    # A code that changes is used up: whoever looked over a shoulder books nothing with it.
    if customer is None or not use_code(code):
        raise Refused(_("会员码不对，请打开手机会员页，换成新的再试"), field="value")
    return services.book(store=device.store_id, service=service, customer=customer, start=start, via=VIA)


def _choice(device: Device, asked: Any) -> dict[str, Any]:
    names, today = _services(), timezone.localdate(clock.now())
    service = asked.get("service", "")
    service = service if service in names else next(iter(names), "")
    days = [today + timedelta(days=n) for n in range(DAYS)]
    free = {one: slots(store=device.store_id, service=service, first=one) for one in days}
    # Late in the evening nothing is left of today: the first day with a free time is shown.
    asked_for = next((one for one in days if one.isoformat() == asked.get("day")), None)
    day = asked_for or next((one for one in days if free[one]), today)
    return {
        "services": names,
        "service": service,
        "days": [(one, words.long_day(one)) for one in days],
        "day": day,
        "long": words.long_day(day),
        "slots": [_drawn(slot) for slot in free[day]],
        "chosen": asked.get("start", ""),
        "value": asked.get("value", "")[:30],
        "rule": None,
    }


def _services() -> dict[str, str]:
    """What everybody may book: a service for some tiers only is booked with a colleague or on the member's own page."""
    language = get_language() or ""
    return {rule.key: rule.name.say(language) for rule in document("bookings").services if not rule.tiers}


def _drawn(slot: Slot) -> dict[str, Any]:
    zone = timezone.get_current_timezone()
    day: date = timezone.localdate(slot.start)
    return {
        "value": slot.start.isoformat(),
        "time": words.span(slot.start, slot.end, zone),
        "day": words.long_day(day),
        "who": "",
        "more": 0,
    }


def _moment(told: str) -> datetime | None:
    try:
        start = datetime.fromisoformat(told)
    except ValueError:
        return None
    return start if start.tzinfo else None
