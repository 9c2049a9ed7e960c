"""Signing in by name and password, a second factor or a partner's account: all allauth's; the look-up is ours."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from clothier.kernel.rows import prepared
from clothier.staff.models import User


@prepared
def _by_id(pk: int) -> "QuerySet[User, User]":
    return User.objects.filter(pk=pk)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        """Asked for with every page."""
        found = _by_id(pk=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
