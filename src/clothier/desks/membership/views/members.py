"""One member: what they have and why, points given by hand, a new code, and the way into their own page."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.customers.selectors import card as card_for
from clothier.desks.membership.forms import GrantForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.squares import square
from clothier.desks.shell.statements import rows_said
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.loyalty.selectors import balance, forecast, lots, statement, tier_history, tier_named, tier_of, worth
from clothier.loyalty.services import authority_fen, grant_by_hand, make_link, renew_card
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document

CLERKS = (Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.OPERATOR)


@signed_in(*CLERKS)
@require_safe
def ledger(request: ViewerRequest, customer: int) -> HttpResponse:
    return _page(request, customer, GrantForm(initial={"key": uuid4().hex}))


@signed_in(*CLERKS)
@require_POST
def give(request: ViewerRequest, customer: int) -> HttpResponse:
    form = GrantForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            grant_by_hand(
                request.viewer,
                customer=customer,
                points=said["points"],
                reason=said["reason"],
                reference=said["reference"],
                key=f"hand:{said['key']}",
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            toast(request, _("积分已赠送"))
            return redirect("membership:member", customer)
    return _page(request, customer, form, status=422)


@signed_in(*CLERKS)
@require_POST
def card(request: ViewerRequest, customer: int) -> HttpResponse:
    """The phone was lost."""
    _known(request, customer)
    renew_card(customer=customer, actor=request.viewer.employee)
    toast(request, _("会员码已更换，原来的手机要重新打开会员页"))
    return redirect("membership:member", customer)


@signed_in(*CLERKS)
@require_POST
def link(request: ViewerRequest, customer: int) -> HttpResponse:
    """A square for the customer's phone to scan, for some minutes."""
    known = _known(request, customer)
    address = request.build_absolute_uri(
        reverse("member:opening", args=[make_link(customer=customer, actor=request.viewer.employee)])
    )
    context = {
        "known": known,
        "qr": square(address, scale=5),
        "address": address,
        "minutes": document("loyalty").member_link_minutes,
    }
    response = render(request, "membership/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: ViewerRequest, customer: int, form: GrantForm, status: int = 200) -> HttpResponse:
    known, language, rules = _known(request, customer), get_language() or "", document("loyalty")
    standing, has = tier_of(customer), balance(customer)
    ahead = forecast(customer, standing)
    rows, more = statement(customer, before=_place(request))
    names = {tier.key: tier.name.say(language) for tier in rules.tiers}
    context: dict[str, Any] = {
        "known": known,
        "standing": standing,
        "tier": names.get(standing.tier, ""),
        "ahead": ahead,
        "above": names.get(ahead.tier, "") if ahead else "",
        "balance": has,
        "worth": worth(has.available, rules),
        "lots": lots(customer),
        "rows": rows_said(rows),
        "next": f"?{urlencode({'at': more[0].isoformat(), 'id': more[1]})}" if more else "",
        "changes": [(each, names.get(each.tier, ""), names.get(each.was, "")) for each in tier_history(customer)],
        "form": form,
        "limit": authority_fen(request.viewer),
        "tier_rule": tier_named(standing.tier, rules),
    }
    return render(request, "membership/member.html", context, status=status)


def _known(request: ViewerRequest, customer: int) -> Any:
    """The customer's card; the look is logged. Http404 for nobody."""
    known = card_for(request.viewer, customer)
    if known is None:
        raise Http404
    return known


def _place(request: ViewerRequest) -> tuple[datetime, int] | None:
    pk = number(request.GET.get("id", ""))
    try:
        at = datetime.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        return None
    return (at, pk) if pk is not None and at.tzinfo else None
