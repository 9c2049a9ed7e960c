"""Where payments fail, and one payment with everything that was said about it."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.replica import from_replica
from clothier.payments.contracts import next_step
from clothier.payments.selectors import (
    evidence_of,
    parts_for,
    payments_for,
    problems,
    refunds_of,
    say_cause,
    say_method,
    say_step,
    shown,
)
from clothier.payments.services import pay_out
from clothier.places.selectors import store_names, stores_for
from clothier.staff.middleware import ViewerRequest

STRETCHES = (1, 7, 35)


@require_GET
@signed_in(Role.MANAGER, Role.OPERATOR)
@from_replica
def report(request: ViewerRequest) -> HttpResponseBase:
    """Failed attempts of the last days by method, cause, store and hour."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(each) for each in STRETCHES} else 7
    store = stores_for(request.viewer).filter(code=request.GET.get("store", "")).first()
    today = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = today - timedelta(days=days - 1), today + timedelta(days=1)
    found = problems(request.viewer, start=start, end=end, store=store.pk if store else None)
    facts = {
        "found": found,
        "days": days,
        "stretches": STRETCHES,
        "store": store,
        "stores": stores_for(request.viewer),
        "names": store_names(each.what for each in found.stores),
        "most": max((each.tries for each in found.hours), default=0),
        "say_method": say_method,
        "say_cause": say_cause,
    }
    return render(request, "finance/payments.html", facts)


@require_GET
@signed_in(Role.MANAGER, Role.OPERATOR)
def detail(request: ViewerRequest, payment: int) -> HttpResponseBase:
    """A payment: its attempts, what went back, and the evidence of both."""
    row = get_object_or_404(payments_for(request.viewer), pk=payment)
    seen = shown(row)
    facts = {
        "payment": row,
        "seen": seen,
        "step": say_step(next_step(seen), seen.currency),
        "refunds": refunds_of(row),
        "evidence": evidence_of(row),
        "say_method": say_method,
        "say_cause": say_cause,
    }
    return render(request, "finance/payment.html", facts)


@require_POST
@signed_in(Role.MANAGER, Role.OPERATOR)
def payout(request: ViewerRequest, part: int) -> HttpResponseBase:
    """Money that went back by hand."""
    row = get_object_or_404(parts_for(request.viewer), pk=part)
    pay_out(part=row.pk, actor=request.viewer.employee, reference=request.POST.get("reference", "")[:64])
    toast(request, _("已记下：钱已退给顾客"))
    return redirect("finance:payment", row.refund.payment_id)
