"""The goods of a case: where there is another, its label, its money back, and its exchange at the till."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clothier.cases import services
from clothier.cases.selectors import card_token, is_find, swaps, words
from clothier.desks.casework.access import CLERKS, file_of
from clothier.desks.casework.forms import PieceForm
from clothier.desks.casework.goods import pieces_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.doors import chosen, doors
from clothier.desks.shell.facts import fact
from clothier.desks.shell.photos import keep, served
from clothier.desks.shell.squares import square
from clothier.desks.shell.toasts import toast
from clothier.desks.till.doors import CASHIERS
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@signed_in(*CLERKS)
@require_safe
def swaps_of(request: ViewerRequest, case: int, sku: int) -> HttpResponse:
    """Where a piece lies: this store, this city, this region, the others."""
    file = file_of(request.viewer, case)
    found = swaps([sku], store=file.view.store_id)[sku]
    return render(request, "casework/swaps.html", {"c": file.case, "found": found})


@signed_in(*CLERKS)
@require_safe
def label(request: ViewerRequest, case: int) -> HttpResponse:
    """What hangs on the garment, and the customer's receipt for it beneath: one sheet, cut in two."""
    file = file_of(request.viewer, case)
    link = request.build_absolute_uri(reverse("card:show", args=[card_token(case)]))
    context = {"f": file, "c": file.case, "pieces": pieces_of(file), "w": words, "code": square(link), "link": link}
    return render(request, "casework/label.html", context)


@signed_in(*CLERKS)
@require_POST
def piece(request: ViewerRequest, case: int, line: int) -> HttpResponse:
    """Why one of the pieces came back and in which state, with photos of it."""
    file_of(request.viewer, case)
    said, form = fact(request), PieceForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请选择一项"))
    with transaction.atomic():
        services.describe_line(case=case, line=line, actor=said["actor"], key=said["key"], **form.cleaned_data)
        keep(case, request.FILES.getlist("photos"), actor=said["actor"], key=said["key"], line=line)
    toast(request, _("这件已记下"))
    return back(request, reverse("casework:case", args=[case]))


@signed_in(*CLERKS)
@require_POST
def find(request: ViewerRequest, case: int) -> HttpResponse:
    """This is that: what was found, and whose it is, from the page of either."""
    both = [file_of(request.viewer, pk).case for pk in (case, number(request.POST.get("other", "")) or 0)]
    said, (missed, found) = fact(request), sorted(both, key=is_find)
    services.claim_find(case=missed.pk, find=found.pk, actor=said["actor"], key=said["key"])
    toast(request, _("对上了，等失主来领"))
    return back(request, reverse("casework:case", args=[missed.pk]))


@signed_in(*CLERKS)
@require_POST
def photos(request: ViewerRequest, case: int) -> HttpResponse:
    file_of(request.viewer, case)
    said = fact(request)
    kept = keep(case, request.FILES.getlist("photos"), actor=said["actor"], key=said["key"])
    toast(request, _("%(n)s 张照片已保存") % {"n": kept})
    return back(request, reverse("casework:case", args=[case]))


@signed_in(*CLERKS)
@require_safe
def photo(request: ViewerRequest, case: int, photo: int) -> HttpResponse:
    return served(file_of(request.viewer, case).case, photo)


@signed_in(*CASHIERS)
@require_POST
def refund(request: ViewerRequest, case: int) -> HttpResponse:
    """The goods are ours again and the money the customer's: the return is done."""
    file_of(request.viewer, case)
    said = fact(request)
    services.refund_goods(case=case, actor=said["actor"], key=said["key"])
    toast(request, _("已退款，款项原路退回"))
    return back(request, reverse("casework:case", args=[case]))


@signed_in(*CASHIERS)
@require_POST
def exchange(request: ViewerRequest, case: int) -> HttpResponse:
    """To the till, with what comes back and what goes out for it."""
    file, said = file_of(request.viewer, case), fact(request)
    door = chosen(request, doors(request.viewer))
    store = door.id if door else file.view.store_id
    if store is None:
        raise Refused(_("请先选择门店"))
    cart = services.begin_exchange(case=case, store=store, actor=said["actor"], key=said["key"])
    return back(request, reverse("till:cart", args=[cart]))
