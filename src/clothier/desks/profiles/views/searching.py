"""Finding a customer while typing, and registering one who is not there yet."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clothier.customers.contracts import Kind, NewIdentifier
from clothier.customers.selectors import find
from clothier.customers.services import register
from clothier.desks.profiles.desk import FLOOR, KEEPERS, partial
from clothier.desks.profiles.forms import RegisterForm
from clothier.desks.profiles.opening import opening
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
def search(request: ViewerRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    context = {
        "query": query,
        "hits": find(request.viewer, query) if query else [],
        "keeper": request.viewer.may(*KEEPERS),
        **({} if query else opening(request.viewer)),
    }
    return render(request, "profiles/hits.html" if partial(request) else "profiles/search.html", context)


@signed_in(*FLOOR)
def new(request: ViewerRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        try:
            pk = _register(request, form)
        except Refused as refused:
            refuse(form, refused)
        else:
            toast(request, _("已登记。"))
            return redirect("profiles:profile", pk)
    return render(request, "profiles/form.html", {
        "form": form, "heading": _("登记顾客"), "submit": _("登记"), "back": reverse("profiles:search"),
        "lead": _("手机号或会员号与已有顾客相同且已核对时，会自动归入同一位顾客。"),
    })  # fmt: skip


def _register(request: ViewerRequest, form: RegisterForm) -> int:
    said = form.cleaned_data
    identifiers = [NewIdentifier(Kind.PHONE, said["phone"], said["verified"])] if said["phone"] else []
    if said["member"]:
        identifiers.append(NewIdentifier(Kind.MEMBER, said["member"], True))
    return register(
        name=said["name"],
        title=said["title"],
        identifiers=identifiers,
        store=next(iter(sorted(request.viewer.stores)), None) if request.viewer.stores else None,
        actor=request.viewer.employee,
    )
