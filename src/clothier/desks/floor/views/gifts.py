"""Giving: the birthday gift, and the blind box at the farewell."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.floor.doors import FLOOR, visit_of
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.answers import back
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.rewards import services
from clothier.rewards.selectors import open_box
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
@require_POST
def birthday(request: ViewerRequest, visit: int) -> HttpResponse:
    seen = visit_of(request.viewer, visit)
    if seen.customer_id is None:
        raise Refused(_("先认出这位顾客"))
    services.give_birthday_gift(customer=seen.customer_id, store=seen.store_id, actor=request.viewer.employee)
    toast(request, _("生日礼已送出，积分已到账"))
    return back(request, reverse("floor:visit", args=[visit]))


@signed_in(*FLOOR)
@require_POST
def draw(request: ViewerRequest, visit: int) -> HttpResponse:
    """The visitor picks one of the closed boxes; once a visit."""
    seen = visit_of(request.viewer, visit)
    box = open_box(seen.store_id, bought=seen.outcome == "bought")
    if seen.left_at is None or box is None:
        raise Refused(_("送别以后才能抽盲盒") if seen.left_at is None else _("这个盲盒现在不开放"))
    services.draw(
        box=box.pk,
        visit=visit,
        choice=number(request.POST.get("choice", "")) or 0,
        store=seen.store_id,
        customer=seen.customer_id,
        actor=request.viewer.employee,
    )
    return back(request, reverse("floor:visit", args=[visit]))
