"""How sign-in behaves: accounts are made by head office, never by strangers.

No mail is sent: a forgotten password is reset by the manager or head office, with one that serves once.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.staff.models import Employee, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A one-time password nobody came for in time opens nothing any more."""
        user: User | None = super().authenticate(request, **credentials)
        if user and user.one_time_until and user.one_time_until < clock.now():
            return None
        return user

    def clean_password(self, password: str, user: User | None = None) -> str:
        if user and user.one_time_until and user.check_password(password):
            raise ValidationError(_("请换一个只有您自己知道的密码"))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        user.one_time_until = None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An outside identity signs in as the employee whose number it carries; anybody else stays outside."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        numbered = Employee.objects.filter(
            number=sociallogin.account.uid, left_on__isnull=True, user__is_active=True
        ).select_related("user")
        if employee := numbered.first():
            sociallogin.connect(request, employee.user)
