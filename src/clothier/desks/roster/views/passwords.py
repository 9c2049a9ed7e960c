"""A colleague forgot the password: one that serves once, read out or written down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clothier.desks.roster.views.week import PLANNERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.shops import colleague_for, shop_for
from clothier.staff.middleware import ViewerRequest
from clothier.staff.services import reset_password


@require_POST
@never_cache
@signed_in(*PLANNERS)
def reset(request: ViewerRequest, store: str, employee: int) -> HttpResponse:
    """Answers with the password itself: it is kept nowhere, so there is no page to go on to."""
    shop = shop_for(request.viewer, store)
    person = colleague_for(request.viewer, shop, employee)
    password = reset_password(viewer=request.viewer, employee=employee)
    return render(request, "roster/password.html", {"shop": shop, "person": person, "password": password})
