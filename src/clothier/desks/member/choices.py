"""What the customer agreed to and what the shop knows of them: read, put right, taken back, by themselves."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from clothier.customers import services
from clothier.customers.selectors import own_card, own_consents
from clothier.desks.member.doors import let_in
from clothier.desks.profiles.forms import NameForm
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused

# The wording of the page below: whoever says yes says it to these sentences.
NOTICE, PROOF = "member-page-1", "member-page"
ASKED = (
    ("marketing", "sms", pgettext_lazy("consent", "短信：新品、活动和优惠")),
    ("marketing", "wechat", pgettext_lazy("consent", "微信：新品、活动和优惠")),
    ("marketing", "phone", pgettext_lazy("consent", "电话：导购的邀请")),
    ("marketing", "email", pgettext_lazy("consent", "邮件：新品、活动和优惠")),
    ("personal", "none", pgettext_lazy("consent", "按我的尺码、喜好和购买推荐")),
    ("analysis", "none", pgettext_lazy("consent", "不记名的统计，用来改进服务")),
)


@let_in
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, customer: int) -> HttpResponse:
    """Each is given and taken back by the same tap."""
    if request.method == "POST":
        _say(customer, request.POST.get("what", ""), yes=request.POST.get("yes") == "1")
        toast(request, _("已记下，立即生效。"))
        return _back("member:consents")
    said = own_consents(customer)
    asked = [(f"{purpose}-{channel}", words, said.get((purpose, channel), False)) for purpose, channel, words in ASKED]
    return render(request, "member/consents.html", {"asked": asked})


def _say(customer: int, what: str, *, yes: bool) -> None:
    purpose, channel = next(((p, c) for p, c, _words in ASKED if f"{p}-{c}" == what), ("", ""))
    if not purpose:
        raise Http404
    if yes:
        services.give_consent(
            customer_id=customer, purpose=purpose, channel=channel, notice_version=NOTICE, proof=PROOF
        )
    else:
        services.withdraw_consent(customer_id=customer, purpose=purpose, channel=channel, proof=PROOF)


@let_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, customer: int) -> HttpResponse:
    """Name, ways to be reached, sizes and likes; posting puts the name right."""
    card = own_card(customer)
    form = NameForm(request.POST or None, initial={"name": card.name, "title": card.title})
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(customer_id=customer, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            toast(request, _("已更正。"))
            return _back("member:profile")
    return render(request, "member/profile.html", {"card": card, "form": form}, status=422 if form.errors else 200)


@let_in
@require_POST
def fact(request: HttpRequest, customer: int, fact: int) -> HttpResponse:
    """It is so, or it is otherwise: what the customer says beats every other source; nothing said takes it off."""
    if fact not in {known.id for known in own_card(customer).facts}:
        raise Http404
    value = request.POST.get("value", "").strip()
    if value:
        services.correct_fact(customer_id=customer, fact_id=fact, value=value)
    else:
        services.withdraw_fact(fact_id=fact)
    toast(request, _("已更正。") if value else _("已去掉。"))
    return _back("member:profile")


@let_in
@require_POST
def leaving(request: HttpRequest, customer: int) -> HttpResponse:
    """Everything is to be forgotten, or no more: three days to think it over."""
    waiting = own_card(customer).leaving
    if request.POST.get("stay") and waiting:
        services.cancel_erasure(erasure_id=waiting.pk)
        toast(request, _("已撤回，资料照常保留；授权需要重新给出。"))
    elif not request.POST.get("stay"):
        services.request_erasure(customer_id=customer, reason=PROOF)
        toast(request, _("已收到。三天后删除，此前可以撤回。"))
    return _back("member:profile")


def _back(view: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(view), status=303)
