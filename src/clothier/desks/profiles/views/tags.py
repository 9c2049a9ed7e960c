"""Tags on and off."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.desks.profiles.desk import FLOOR, back, person_or_404
from clothier.desks.profiles.forms import TagForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.staff.middleware import ViewerRequest


@require_POST
@signed_in(*FLOOR)
def add(request: ViewerRequest, pk: int) -> HttpResponse:
    person, form = person_or_404(pk), TagForm(request.POST)
    if form.is_valid():
        tagging = services.add_tag(customer_id=person, tag_id=form.cleaned_data["tag"], actor=request.viewer.employee)
        toast(request, _("已加标签。"), undo=reverse("profiles:untag", args=[person, tagging]))
    else:
        toast(request, _("请选择一个标签。"), bad=True)
    return back(person, at="tags")


@require_POST
@signed_in(*FLOOR)
def remove(request: ViewerRequest, pk: int, tagging: int) -> HttpResponse:
    person = person_or_404(pk)
    services.remove_tag(customer_id=person, tagging_id=tagging, actor=request.viewer.employee)
    toast(request, _("已去掉标签。"))
    return back(person, at="tags")
