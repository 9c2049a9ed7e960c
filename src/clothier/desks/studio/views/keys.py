"""API keys: made, looked at, revoked."""

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clothier.api import services
from clothier.api.selectors import keys
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.desks.studio import machines
from clothier.desks.studio.forms import KeyForm
from clothier.desks.studio.views.once import shown
from clothier.eventlog.services import AlreadyRecorded
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponseBase:
    form = KeyForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, form)
        except Refused as refused:
            refuse(form, refused)
        except AlreadyRecorded:
            toast(request, _("这个密钥已经创建过了，只显示那一次。没有抄下来就停用它，另建一个。"), bad=True)
            return redirect("studio:connections")
    return render(request, "studio/key_new.html", {"form": form}, status=422 if form.errors else 200)


def _made(request: ViewerRequest, form: KeyForm) -> HttpResponseBase:
    said = form.cleaned_data
    secret = services.create_key(
        name=said["name"],
        scopes=said["scopes"],
        stores=form.chosen_stores(),
        expires_at=form.expires_at(),
        actor=request.viewer.employee,
        key=request.POST.get("key") or None,
    )
    then = reverse("studio:connections")
    return shown(request, title=_("新密钥"), name=said["name"], secret=secret, then=then)


@require_GET
@signed_in(Role.OPERATOR)
def page(request: ViewerRequest, api_key: int) -> HttpResponseBase:
    """What a key may do, and the way to stop it."""
    key = get_object_or_404(keys(), pk=api_key)
    facts = {"line": machines.key_line(request.viewer, key), "scopes": machines.scopes_of(key)}
    return render(request, "studio/key.html", facts)


@require_POST
@signed_in(Role.OPERATOR)
def revocation(request: ViewerRequest, api_key: int) -> HttpResponseBase:
    key = get_object_or_404(keys(), pk=api_key)
    services.revoke_key(prefix=key.prefix, actor=request.viewer.employee)
    toast(request, _("密钥“%(name)s”已停用。") % {"name": key.name})
    return redirect("studio:connections")
