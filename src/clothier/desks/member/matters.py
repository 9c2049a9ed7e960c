"""What the customer has with us: service cards, and how to ask for a return, an exchange or a repair by oneself."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clothier.cases import services
from clothier.cases.contracts import (
    CaseView,
    Holder,
    Kind,
    LineReason,
    NewLine,
    Origin,
    Severity,
    State,
    Tag,
    Topic,
    Wear,
)
from clothier.cases.selectors import card_token, cases_for, return_window, words
from clothier.catalog.selectors import skus, skus_of
from clothier.customers.selectors import records_of
from clothier.desks.member.doors import form_key, let_in
from clothier.desks.member.orders import sale_or_404
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.photos import keep
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.standards.contracts import PromiseView
from clothier.standards.selectors import subjects_promises

PAGE = 20
ASKED_FOR = (Kind.RETURN, Kind.EXCHANGE, Kind.REPAIR, Kind.COMPLAINT)


class RequestForm(forms.Form):
    """What should become of a piece, why, and how it looks."""

    kind = forms.ChoiceField(label=gettext_lazy("想怎么办"), choices=[], widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=gettext_lazy("为什么"), choices=[], widget=forms.RadioSelect)
    wanted = forms.TypedChoiceField(label=gettext_lazy("换成哪一件"), coerce=int, empty_value=None, required=False)
    tag = forms.ChoiceField(label=gettext_lazy("吊牌"), choices=[], widget=forms.RadioSelect)
    wear = forms.ChoiceField(label=gettext_lazy("穿过吗"), choices=[], widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("再说几句"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, told: Any = None, *, others: list[Any]) -> None:
        super().__init__(told, initial={"kind": Kind.RETURN, "tag": Tag.ATTACHED, "wear": Wear.UNWORN})
        offered: dict[str, Any] = {
            "kind": [(kind.value, words.KIND_NAMES[kind]) for kind in ASKED_FOR],
            "reason": [(code.value, name) for code, name in words.REASON_NAMES.items()],
            "wanted": [("", "—"), *((sku.pk, f"{sku.colour} {sku.size}") for sku in others)],
            "tag": [(code.value, name) for code, name in words.TAG_NAMES.items()],
            "wear": [(code.value, name) for code, name in words.WEAR_NAMES.items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def open_matters(customer: int, *, limit: int = 3) -> list[tuple[CaseView, PromiseView | None]]:
    """What is not over yet, each with the clock that presses most."""
    return _clocked(cases_for(SYSTEM, customer=records_of(customer), limit=limit).cases)


def _clocked(cases: Any) -> list[tuple[CaseView, PromiseView | None]]:
    found = subjects_promises(SYSTEM, kind="case", ids=[case.id for case in cases], language=get_language() or "zh")
    return [(case, next(iter(found.get(case.id, [])), None)) for case in cases]


@let_in
@require_safe
def listed(request: HttpRequest, customer: int) -> HttpResponse:
    before = number(request.GET.get("before", ""))
    page = cases_for(SYSTEM, states=(), customer=records_of(customer), before=before, limit=PAGE)
    shown = [(case, clock) for case, clock in _clocked(page.cases) if case.state != State.WITHDRAWN]
    more = f"?before={page.before}" if page.before else ""
    return render(request, "member/cases.html", {"cases": shown, "next": more, "w": words})


@let_in
@require_safe
def one(request: HttpRequest, customer: int, case: int) -> HttpResponse:
    """The card itself is behind its own link, which can be passed on to whoever brings the goods."""
    if not cases_for(SYSTEM, states=(), customer=records_of(customer), ids=[case]).cases:
        raise Http404
    return HttpResponseRedirect(reverse("card:show", args=[card_token(case)]))


@let_in
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, customer: int, order: int, line: int) -> HttpResponse:
    """One piece of one order; the days the law and the house give are shown before anything is asked."""
    sale = sale_or_404(customer, order)
    sold = next((each for each in sale.lines if each.line.pk == line), None)
    if sold is None or not sale.returnable:
        raise Http404
    known = skus([sold.line.sku_id]).get(sold.line.sku_id) if sold.line.sku_id else None
    others = [sku for sku in skus_of(known.style_id) if sku.pk != known.pk] if known else []
    form = RequestForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, customer, sale.order, line, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
    context = {
        "form": form,
        "order": sale.order,
        "sold": sold,
        "windows": [
            (_("不合适，想退"), return_window(order, LineReason.UNWANTED)),
            (_("换尺码或颜色"), return_window(order, LineReason.SIZE, exchange=True)),
            (_("质量问题"), return_window(order, LineReason.QUALITY)),
        ],
    }
    return render(request, "member/request.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, customer: int, order: Any, line: int, told: dict[str, Any]) -> HttpResponse:
    reason, kind = LineReason(told["reason"]), Kind(told["kind"])
    piece = NewLine(
        order_line=line,
        reason=reason,
        tag=Tag(told["tag"]),
        wear=Wear(told["wear"]),
        wanted_sku=told["wanted"] if kind == Kind.EXCHANGE else None,
    )
    key = form_key(request, f"member:{customer}")
    with transaction.atomic():
        case = _opened(customer, order, piece, kind, told["text"].strip() or str(words.REASON_NAMES[reason]), key)
        keep(case.pk, request.FILES.getlist("photos"), actor=None, key=key)
    toast(request, _("收到了。进度在这张服务卡上。"))
    return HttpResponseRedirect(reverse("card:show", args=[card_token(case.pk)]), status=303)


def _opened(customer: int, order: Any, piece: NewLine, kind: Kind, text: str, key: str | None) -> Any:
    return services.open_case(
        kind=kind,
        topic=Topic.PRODUCT,
        severity=Severity.MODERATE if kind == Kind.COMPLAINT else Severity.MINOR,
        text=text,
        origin=Origin.MEMBER,
        customer=customer,
        store=order.store_id,
        order=order.pk,
        lines=[piece],
        holder=Holder.CUSTOMER,
        key=key,
    )
