"""The doors between this house and other systems."""

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clothier.desks.shell.access import signed_in
from clothier.desks.studio import machines
from clothier.kernel.access import Role
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest


@require_GET
@signed_in(Role.OPERATOR)
def overview(request: ViewerRequest) -> HttpResponseBase:
    """Keys that open our door, addresses we tell, and sites our customers' chat stands on."""
    before, revoked = number(request.GET.get("before", "")), "revoked" in request.GET
    facts = {
        **machines.key_page(request.viewer, revoked=revoked, before=before),
        "hooks": machines.hooks(request.viewer),
        "given_up": machines.count_given_up(),
        "widget": request.build_absolute_uri(reverse("chat:widget")),
        "sites": settings.CHAT_SITES,
    }
    return render(request, "studio/connections.html", facts)
