"""How sign-in behaves: accounts are made by head office, never by strangers."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from clothier.staff.models import Employee


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
