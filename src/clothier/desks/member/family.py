"""Points used together with the family: invited, agreed to, bounded by each for themselves, left at any time."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.customers.selectors import own_name, person_of
from clothier.desks.member.doors import let_in
from clothier.desks.shell.limits import spare
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.loyalty import services
from clothier.loyalty.selectors import family_of, family_points, inviter_of
from clothier.standards.selectors import document

TRIED_A_MINUTE = 6


@let_in
@require_safe
def home(request: HttpRequest, customer: int) -> HttpResponse:
    """The family and what everybody lets the others use; outside of one, how to get in."""
    return _page(request, customer, code=request.GET.get("code", "")[:12])


@let_in
@require_POST
def invitation(request: HttpRequest, customer: int) -> HttpResponse:
    """A code for one more, shown once."""
    try:
        made = services.invite(customer=customer)
    except Refused as refused:
        return _page(request, customer, refusal=refused.message)
    return _page(request, customer, invited=made.code)


@let_in
@require_POST
def membership(request: HttpRequest, customer: int) -> HttpResponse:
    code = request.POST.get("code", "")[:12]
    share = number(request.POST.get("share", "0"))
    return _done(request, customer, lambda: services.join(customer=customer, code=code, share=_or_none(share)), code)


@let_in
@require_POST
def share(request: HttpRequest, customer: int) -> HttpResponse:
    points = _or_none(number(request.POST.get("share", "")))
    return _done(request, customer, lambda: services.set_share(customer=customer, points=points))


@let_in
@require_POST
def leaving(request: HttpRequest, customer: int) -> HttpResponse:
    return _done(request, customer, lambda: services.leave(customer=customer))


def _or_none(points: int | None) -> int:
    """What is no number is beyond what may be given, and the verb says so."""
    return -1 if points is None else points


def _done(request: HttpRequest, customer: int, verb: Callable[[], object], code: str = "") -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        return _page(request, customer, code=code, refusal=refused.message)
    toast(request, _("已记下，立即生效。"))
    return HttpResponseRedirect(reverse("member:family"), status=303)


def _page(request: HttpRequest, customer: int, *, code: str = "", refusal: str = "", invited: str = "") -> HttpResponse:
    rule, inviter, view = document("loyalty").family, None, family_of(customer)
    if not rule.pooled:
        raise Http404
    if code and view is None:
        try:
            # Codes are short: whoever guesses has few tries.
            spare("family-code", customer, a_minute=TRIED_A_MINUTE)
            inviter = inviter_of(code)
            refusal = refusal or ("" if inviter else _("邀请码不对或已过期，请家人再生成一个"))
        except Refused as refused:
            refusal = refused.message
    context = {
        "rule": rule,
        "view": view,
        "mine": person_of(customer),
        "name": own_name,
        "from_others": family_points(customer),
        "invited": invited,
        "code": code,
        "inviter": inviter,
        "refusal": refusal,
    }
    return render(request, "member/family.html", context, status=422 if refusal else 200)
