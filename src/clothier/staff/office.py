"""The back office's door: head office only, by role instead of Django's per-model permissions."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from unfold.sites import UnfoldAdminSite

from clothier.kernel.access import HEAD_OFFICE, Denied, Role
from clothier.staff.models import User
from clothier.staff.rules import office_allows
from clothier.staff.selectors import viewer_of


class OfficeBackend(BaseBackend):
    """Answers every has_perm() of the back office by the role of the person signed in."""

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Any = None) -> bool:
        role = _role(user_obj)
        return role is not None and office_allows(role, perm)

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        return _role(user_obj) in HEAD_OFFICE


# The back office's menus are written for Alpine, which evaluates its attributes, and carry styles of their own.
_MORE_ALLOWED = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}


class OfficeSite(UnfoldAdminSite):  # type: ignore[misc]
    """Signing in and out is the shop's own; who is not of head office is told so instead of asked to sign in again."""

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active) and _role(request.user) in HEAD_OFFICE

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Any:
        return super().admin_view(csp_update(_MORE_ALLOWED)(view), cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        if isinstance(request.user, User) and request.user.one_time_until:
            return HttpResponseRedirect(reverse("account_change_password"))
        return self._enter(request)

    # The office has no door of its own: whoever enters came through the shop's, second factor and all.
    @method_decorator(secure_admin_login)
    def _enter(self, request: HttpRequest) -> HttpResponseBase:
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        raise Denied(_("后台只对总部的运营和管理员开放。"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("account_logout"))


def _role(user: AbstractBaseUser | AnonymousUser) -> Role | None:
    """Asked many times a page, looked up once: the answer is kept on the request's user."""
    if not hasattr(user, "_office_role"):
        viewer = viewer_of(user)
        user._office_role = viewer.role if viewer else None  # type: ignore[union-attr]
    return user._office_role  # type: ignore[union-attr, no-any-return]
