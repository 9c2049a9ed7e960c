"""The manager's board and the stand-up sheet."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clothier.desks.manager import chain, standup
from clothier.desks.manager.board import compose
from clothier.desks.manager.day import Place
from clothier.desks.manager.waiting import waits
from clothier.desks.shell.access import signed_in
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.replica import from_replica
from clothier.places.selectors import open_stores
from clothier.staff.middleware import ViewerRequest

BOARD = (Role.MANAGER, Role.MALL, Role.OPERATOR)


@require_GET
@signed_in(*BOARD)
@from_replica
def home(request: ViewerRequest) -> HttpResponseBase:
    """The one store somebody answers for, or a list of them."""
    stores = open_stores(request.viewer)
    if len(stores) == 1:
        return redirect("manager:board", code=stores[0].code)
    found = chain.rows(request.viewer, now=clock.now(), language=_language())
    page = "manager/_chain.html" if request.headers.get("HX-Request") else "manager/chain.html"
    asked = waits(request.viewer, language=_language())
    return render(request, page, {"rows": found, "waits": asked, "now": clock.now()})


@require_GET
@signed_in(*BOARD)
@from_replica
def board(request: ViewerRequest, code: str) -> HttpResponseBase:
    stores = open_stores(request.viewer)
    store = _of(stores, code)
    facts = compose(request.viewer, store=store, now=clock.now(), language=_language())
    page = "manager/_board.html" if request.headers.get("HX-Request") else "manager/board.html"
    with timezone.override(ZoneInfo(store.zone_info)):
        return render(request, page, {"board": facts, "store": store, "stores": stores if len(stores) > 1 else []})


@require_GET
@signed_in(*BOARD)
def own_sheet(request: ViewerRequest) -> HttpResponseBase:
    store = next(iter(open_stores(request.viewer)), None)
    return redirect("manager:sheet", code=store.code) if store else redirect("manager:home")


@require_GET
@signed_in(*BOARD)
@from_replica
def sheet(request: ViewerRequest, code: str) -> HttpResponseBase:
    store = _of(open_stores(request.viewer), code)
    facts = standup.compose(request.viewer, store=store, now=clock.now(), language=_language())
    with timezone.override(ZoneInfo(store.zone_info)):
        return render(request, "manager/standup.html", {"sheet": facts, "store": store})


def _of(stores: Sequence[Place], code: str) -> Place:
    """The store of that code among the viewer's; another's is not found rather than forbidden."""
    for store in stores:
        if store.code == code:
            return store
    raise Http404


def _language() -> str:
    return get_language() or "zh-hans"
