"""One coupon: found by its code, given to a member, withdrawn."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.customers.selectors import by_identifier
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.places.selectors import store_names
from clothier.rewards import selectors, services
from clothier.rewards.contracts import shown_code
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of


@require_GET
@signed_in(Role.OPERATOR)
def search(request: ViewerRequest) -> HttpResponseBase:
    """By its code, as typed or scanned."""
    found = selectors.coupon_by_code(request.GET.get("code", ""))
    if found is None:
        toast(request, _("没有这张券，请核对券码"), bad=True)
        return redirect("membership:coupons")
    return redirect("membership:coupon-one", found.id)


@require_GET
@signed_in(Role.OPERATOR)
def page(request: ViewerRequest, coupon: int) -> HttpResponseBase:
    row = _row(coupon)
    steps = selectors.steps_of_coupon(coupon)
    names, stores = names_of(step.by_id for step in steps if step.by_id), store_names(step.store_id for step in steps)
    lines = [(step, names.get(step.by_id or 0, ""), stores.get(step.store_id or 0, "")) for step in steps]
    context = {
        "row": row,
        "code": shown_code(row.code),
        "promise": selectors.promise_in_words(row.terms),
        "validity": selectors.validity_in_words(row.terms),
        "lines": lines,
        "open": selectors.may_be_withdrawn(row),
    }
    return render(request, "membership/rewards/coupon_one.html", context)


@require_POST
@signed_in(Role.OPERATOR)
def withdrawal(request: ViewerRequest, coupon: int) -> HttpResponseBase:
    services.withdraw(coupon=_row(coupon).pk, reason=request.POST.get("reason", ""), actor=request.viewer.employee)
    toast(request, _("已作废。"))
    return redirect("membership:coupon-one", coupon)


@require_POST
@signed_in(Role.OPERATOR)
def issuing(request: ViewerRequest, template: int) -> HttpResponseBase:
    """To one member, named by a number: goodwill, which the fairness report knows as a ground."""
    who = request.POST.get("who", "").strip()
    customer = by_identifier("member", who) or by_identifier("phone", who)
    if customer is None:
        raise Refused(_("没有找到这位会员"), field="who")
    given = services.issue(
        template=template,
        customer=customer,
        reason="goodwill",
        actor=request.viewer.employee,
        key=request.POST.get("key") or None,
    )
    toast(request, _("已发放，券码 %(code)s") % {"code": shown_code(given.code)})
    return redirect("membership:coupon", template)


def _row(coupon: int) -> Any:
    row = selectors.coupon_row(coupon)
    if row is None:
        raise Http404
    return row
