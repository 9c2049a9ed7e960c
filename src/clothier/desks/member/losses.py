"""Something was left behind: told on one's own phone, looked for among what the shop found, followed on its card."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from clothier.cases import services
from clothier.cases.contracts import Kind, Origin, Severity, Topic
from clothier.cases.selectors import card_token, lost_story
from clothier.desks.member.doors import form_key, let_in, places_to_come
from clothier.desks.shell.forms import DayInput, refuse
from clothier.desks.shell.limits import spare
from clothier.desks.shell.photos import keep
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.kernel.errors import Refused

A_MINUTE = 6


class LossForm(forms.Form):
    """What it is, where and when it was last seen."""

    text = forms.CharField(
        label=gettext_lazy("丢了什么"),
        help_text=gettext_lazy("颜色、牌子、里面有什么，越细越好认。"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    store = forms.TypedChoiceField(label=gettext_lazy("在哪家店"), coerce=int)
    place = forms.CharField(
        label=gettext_lazy("店里哪儿"), help_text=gettext_lazy("试衣间、收银台……"), required=False, max_length=40
    )
    day = forms.DateField(label=gettext_lazy("哪天"), required=False, widget=DayInput())

    def __init__(self, told: Any = None) -> None:
        super().__init__(told, initial={"day": timezone.localdate(clock.now())})
        self.fields["store"].choices = [(shop.id, shop.name) for shop in places_to_come()]  # type: ignore[attr-defined]


@let_in
@require_http_methods(["GET", "HEAD", "POST"])
def telling(request: HttpRequest, customer: int) -> HttpResponse:
    form = LossForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _told(request, customer, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
    return render(request, "member/lost.html", {"form": form}, status=422 if form.errors else 200)


def _told(request: HttpRequest, customer: int, told: dict[str, Any]) -> HttpResponse:
    spare("lost", customer, a_minute=A_MINUTE)
    key = form_key(request, f"member:{customer}")
    with transaction.atomic():
        case = services.open_case(
            kind=Kind.LOST,
            topic=Topic.SERVICE,
            severity=Severity.MINOR,
            text=lost_story(told["text"], day=told["day"], place=told["place"]),
            origin=Origin.MEMBER,
            customer=customer,
            store=told["store"],
            key=key,
        )
        keep(case.pk, request.FILES.getlist("photos"), actor=None, key=key)
    toast(request, _("收到了。进度在这张服务卡上。"))
    return HttpResponseRedirect(reverse("card:show", args=[card_token(case.pk)]), status=303)
