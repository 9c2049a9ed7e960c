"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clothier.desks.shell.toasts import toast
from clothier.kernel.access import STAFF, Denied, Role
from clothier.staff.middleware import ViewerRequest

View = Callable[..., HttpResponseBase]
# What a browser sends of itself; a view that takes less says so.
_METHODS = ("GET", "HEAD", "POST")


def signed_in(*roles: Role) -> Callable[[View], View]:
    """Only for people of these roles (none named: all staff; administrators always).

    A stranger is sent to sign in and comes back afterwards; the wrong role gets the 403 page (Denied). The view's
    `request.viewer` is a Viewer, so annotate it `request: ViewerRequest`.
    """
    allowed = frozenset(roles) or STAFF

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in _METHODS:
                return HttpResponseNotAllowed(_METHODS)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            viewer = cast(ViewerRequest, request).viewer
            if getattr(request.user, "one_time_until", None):
                return _to_new_password(request)
            if not viewer:
                raise Denied(_("您的账号还没有关联到在职员工，请联系管理员。"))
            if not viewer.may(*allowed):
                raise Denied(_("您的岗位没有打开这个页面的权限。"))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _to_new_password(request: HttpRequest) -> HttpResponseBase:
    """Whoever came in with a one-time password chooses one of their own before anything else."""
    toast(request, _("这是一次性密码，请先换成您自己的密码"), bad=True)
    return _leave_for(request, reverse("account_change_password"))


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        return _leave_for(request, reverse("account_login"))
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def _leave_for(request: HttpRequest, address: str) -> HttpResponseBase:
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    # An expired session must not paste the sign-in form into a corner of the page.
    response = HttpResponse(status=401)
    response["HX-Redirect"] = address
    return response
