"""Opening a case: kind, customer, goods, what happened, photos. Whatever the page before knew is filled in."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clothier.cases import services
from clothier.cases.contracts import (
    AFTERSALES,
    Holder,
    Kind,
    LineReason,
    NewLine,
    Origin,
    Severity,
    Tag,
    Topic,
    Wear,
)
from clothier.cases.selectors import lost_story, words
from clothier.customers.selectors import card, find
from clothier.desks.casework.access import CLERKS
from clothier.desks.casework.bought import Bought, bought
from clothier.desks.casework.forms import OpeningForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.doors import chosen, doors
from clothier.desks.shell.facts import Fact, fact
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.photos import keep
from clothier.desks.shell.shops import shops_for
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.language.services import suggest_kind
from clothier.staff.middleware import ViewerRequest

# What the page before may have chosen beforehand.
_CLASS: dict[str, set[Any]] = {"kind": set(Kind), "topic": set(Topic), "severity": set(Severity)}


@signed_in(*CLERKS)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: ViewerRequest) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    goods = bought(request.viewer, customer=number(asked.get("customer", "")), order=number(asked.get("order", "")))
    seems = {name: told for name, known in _CLASS.items() if (told := asked.get(name, "")) in known}
    form = OpeningForm(request.POST or None, initial=seems)
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, form, goods)
        except Refused as refused:
            refuse(form, refused)
    return _page(request, asked, form, goods)


@signed_in(*CLERKS)
@require_POST
def suggestion(request: ViewerRequest) -> HttpResponse:
    """What the words seem to be about, and how grave: chosen beforehand, decided by whoever opens the case."""
    seems = suggest_kind(request.POST.get("text", "")[:5_000])
    form = OpeningForm(initial={"topic": seems.topic, "severity": seems.severity})
    return render(request, "casework/_class.html", {"form": form, "evidence": seems.evidence})


def _opened(request: ViewerRequest, form: OpeningForm, goods: Bought) -> HttpResponse:
    said, told = fact(request), form.cleaned_data
    with transaction.atomic():
        # A photo that cannot be taken leaves no case without it: the form comes back as it was.
        case = _open(request, told, goods, said)
        keep(case.pk, request.FILES.getlist("photos"), actor=said["actor"], key=said["key"])
        for line in case.lines.all():
            files = request.FILES.getlist(f"photos_{line.order_line_id}")
            keep(case.pk, files, actor=said["actor"], key=said["key"], line=line.pk)
    toast(request, _("服务单 %(number)s 已开立") % {"number": case.number})
    return HttpResponseRedirect(reverse("casework:case", args=[case.pk]), status=303)


def _open(request: ViewerRequest, told: dict[str, Any], goods: Bought, said: Fact) -> Any:
    lines = _lines(request.POST, goods)
    return services.open_case(
        kind=told["kind"],
        topic=told["topic"],
        severity=told["severity"],
        text=_words(told),
        origin=_origin(request),
        customer=goods.customer,
        store=_store(request, goods),
        order=goods.order_of(line.order_line for line in lines),
        lines=lines,
        holder=_holder(request.POST, told),
        thread=number(request.POST.get("thread", "")),
        actor=said["actor"],
        key=said["key"],
    )


def _lines(posted: QueryDict, goods: Bought) -> list[NewLine]:
    """The pieces that were ticked, all in the state that was said, but for those of which something else was."""

    def said(name: str, line: int, known: Collection[str]) -> str:
        told = posted.get(f"{name}_{line}", "") or posted.get(name, "")
        return told if told in known else ""

    return [
        NewLine(
            order_line=line,
            quantity=number(posted.get(f"pieces_{line}", "1")) or 1,
            reason=LineReason(said("reason", line, set(LineReason)) or LineReason.OTHER),
            tag=Tag(tag) if (tag := said("tag", line, set(Tag))) else None,
            wear=Wear(wear) if (wear := said("wear", line, set(Wear))) else None,
            wanted_sku=number(posted.get(f"wanted_{line}", "")) if posted.get("kind") == Kind.EXCHANGE else None,
        )
        for line in map(number, posted.getlist("line"))
        if line is not None and line in goods.lines
    ]


def _origin(request: ViewerRequest) -> str:
    told = request.POST.get("origin", "")
    return told if told in set(Origin) else _usual(request)


def _usual(request: ViewerRequest) -> str:
    return Origin.PHONE if request.viewer.role is Role.AGENT else Origin.STORE


def _words(told: dict[str, Any]) -> str:
    """What happened; of lost property first when and where."""
    if told["kind"] != Kind.LOST:
        return str(told["text"])
    return lost_story(told["text"], day=told["day"], place=told["place"])


def _holder(posted: QueryDict, told: dict[str, Any]) -> str:
    if told["kind"] == Kind.LOST:
        return Holder.SHOP if told["found"] else Holder.NONE
    said = posted.get("holder", "")
    return said if said in set(Holder) and told["kind"] in AFTERSALES else Holder.NONE


def _store(request: ViewerRequest, goods: Bought) -> int | None:
    """The one that was chosen, else where they stand, else where the goods were bought."""
    mine = {shop.id for shop in shops_for(request.viewer)}
    told = number(request.POST.get("store", ""))
    door = chosen(request, doors(request.viewer))
    return next((pk for pk in (told, door.id if door else None, goods.store) if pk in mine), None)


def _page(request: ViewerRequest, asked: QueryDict, form: OpeningForm, goods: Bought) -> HttpResponse:
    query = asked.get("q", "").strip()[:60]
    door = chosen(request, doors(request.viewer))
    context: dict[str, Any] = {
        "form": form,
        "goods": goods,
        "customer": card(request.viewer, goods.customer) if goods.customer else None,
        "query": query,
        "found": find(request.viewer, query) if query and not goods.customer else [],
        "ticked": {line for line in map(number, asked.getlist("line")) if line},
        "shops": shops_for(request.viewer),
        "store": number(asked.get("store", "")) or (door.id if door else goods.store),
        "origin": asked.get("origin", "") or _usual(request),
        "asked": asked,
        "w": words,
    }
    return render(request, "casework/new.html", context, status=422 if form.errors else 200)
