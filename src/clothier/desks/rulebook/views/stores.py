"""A store asks more of itself than the house does."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clothier.desks.rulebook import words
from clothier.desks.rulebook.forms import StoreTargetForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document, store_targets_for
from clothier.standards.services import tighten


@signed_in(Role.MANAGER, Role.OPERATOR)
def page(request: ViewerRequest) -> HttpResponse:
    """The tighter times of the reader's stores, and the form that sets one or takes it back."""
    stores = list(stores_for(request.viewer).values_list("pk", "name"))
    form = StoreTargetForm(request.POST or None, stores=stores)
    if request.method == "POST" and form.is_valid() and _tightened(request, form):
        return redirect("rulebook:stores")
    promises, names = document("promises"), dict(stores)
    rows = [
        {"target": one, "store": names.get(one.store_id, ""), "rule": rule, "name": words.say(rule.name.model_dump())}
        for one in store_targets_for(request.viewer)
        if (rule := promises.find(one.promise_key))
    ]
    return render(request, "rulebook/stores.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


def _tightened(request: ViewerRequest, form: StoreTargetForm) -> bool:
    said = form.cleaned_data
    try:
        tighten(
            viewer=request.viewer,
            promise_key=said["promise"],
            store_id=said["store"],
            seconds=said["seconds"],
            reason=said["reason"],
        )
    except Refused as refused:
        refuse(form, refused)
        return False
    toast(request, _("已加严") if said["seconds"] else _("已取消加严"))
    return True
