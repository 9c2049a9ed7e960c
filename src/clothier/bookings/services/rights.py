"""Who may book what, and until when it may be moved."""

from datetime import timedelta

from django.utils.translation import gettext as _

from clothier.bookings.contracts import Bookable
from clothier.bookings.models import Appointment
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.standards.contracts import customer_tiers
from clothier.standards.selectors import document

State = Appointment.State


def service_rule(service: str) -> Bookable:
    """What the house rules say of a service. Refused when they do not know it."""
    rule = document("bookings").find(service)
    if rule is None:
        raise Refused(_("没有这项服务"), field="service")
    return rule


def check_booking(rule: Bookable, *, customer: int, staff: bool) -> None:
    """Refused when this customer has to ask the store, or has booked enough of it already."""
    if not staff:
        _check_self(rule, customer)
    waiting = Appointment.objects.filter(customer_id=customer, state=State.BOOKED, at__gte=clock.now())
    if waiting.filter(service=rule.key).count() >= rule.open_at_once:
        raise Refused(_("这位顾客已有 %(n)s 个未完成的同类预约") % {"n": rule.open_at_once}, field="service")


def _check_self(rule: Bookable, customer: int) -> None:
    if rule.by == "staff":
        raise Refused(_("这项服务请联系门店预约"), field="service")
    if rule.tiers and customer_tiers.ask([customer]).get(customer) not in rule.tiers:
        raise Refused(_("这项服务为部分会员等级保留，请联系门店"), field="service")
    rules = document("bookings")
    since = clock.now() - timedelta(seconds=rules.missed_within)
    missed = Appointment.objects.filter(customer_id=customer, state=State.MISSED, at__gte=since)
    if missed.count() >= rules.missed_limit:
        raise Refused(_("近期有几次预约没有到店，请联系门店预约"), field="service")


def check_deadline(rule: Bookable | None, row: Appointment, *, staff: bool) -> None:
    """Refused when a customer comes too late to change it without the store."""
    if not staff and is_late(rule, row):
        raise Refused(_("离预约时间太近，请直接联系门店"))


def is_late(rule: Bookable | None, row: Appointment) -> bool:
    """Whether the deadline to move or cancel it has passed."""
    return clock.now() > row.at - timedelta(seconds=rule.cancel_until if rule else 0)
