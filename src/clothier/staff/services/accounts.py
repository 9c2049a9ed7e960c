"""Sign-ins: made, given a password, shut and opened again by head office or the command line."""

import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.access import Denied, Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.staff.events import (
    AccountCreated,
    AccountDeactivated,
    AccountReactivated,
    PasswordSet,
    SecondFactorsForgotten,
)
from clothier.staff.models import Employee, User
from clothier.staff.rosters import resettable
from clothier.staff.rules import ONE_TIME

# Without letters and digits that are taken for one another when read out over a counter.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def create_account(
    *,
    username: str,
    password: str = "",
    password_hash: str = "",
    employee: int | None = None,
    actor: int | None = None,
) -> User:
    """A sign-in, for an employee if given. Without a password or its hash nobody can use it yet.

    Raises Refused on a taken name, a weak password, or an employee who has a sign-in already.
    """
    user = User(username=username, is_active=True, password=password_hash)
    if not password_hash:
        _give_password(user, password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Refused(_("账号 %(name)s 已存在。") % {"name": username}, field="username") from None
    if employee and not Employee.objects.filter(pk=employee, user__isnull=True).update(user=user):
        raise Refused(_("这位员工已有登录账号。"), field="employee")
    _tell(AccountCreated(user_id=user.pk), user, actor)
    return user


@transaction.atomic
def set_password(*, username: str, password: str, actor: int | None = None) -> None:
    """Give an account a new password; its open sessions end. Raises Refused on a weak one or an unknown account."""
    user = _account(username)
    _give_password(user, password)
    user.one_time_until = None
    user.save(update_fields=["password", "one_time_until"])
    _tell(PasswordSet(user_id=user.pk), user, actor)


@transaction.atomic
def reset_password(*, viewer: Viewer, employee: int) -> str:
    """Give a colleague a one-time password, returned this once; their open sessions end.

    It lets them in for a day, to choose one of their own. Raises Denied for somebody who is not of the viewer's team,
    Refused where there is no sign-in.
    """
    whose = Employee.objects.select_related("user").filter(pk=employee, left_on__isnull=True).first()
    if whose is None or not resettable(viewer, whose.role, whose.home_store_id):
        raise Denied(_("只能为本店的导购和客服重置密码，其他账号请找管理员"))
    if whose.user is None:
        raise Refused(_("这位员工还没有登录账号"))
    password = "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(3))
    whose.user.set_password(password)
    give_for_once(user=whose.user, actor=viewer.employee)
    return password


@transaction.atomic
def give_for_once(*, user: User, actor: int | None = None) -> None:
    """Save an account whose password somebody else has just set: from now on it has to be changed first."""
    user.one_time_until = clock.now() + ONE_TIME if user.has_usable_password() else None
    user.save(update_fields=["password", "one_time_until"])
    _tell(PasswordSet(user_id=user.pk, one_time=True), user, actor)


@transaction.atomic
def forget_second_factors(*, user: User, actor: int | None = None) -> bool:
    """Let somebody in by password alone who has lost the phone or key; whether there was anything to forget."""
    gone, _rows = Authenticator.objects.filter(user=user).delete()
    if gone:
        _tell(SecondFactorsForgotten(user_id=user.pk), user, actor)
    return bool(gone)


@transaction.atomic
def deactivate(*, username: str, actor: int | None = None) -> None:
    """Shut an account; the person stays on the roster. Twice is once."""
    user = _account(username)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        _tell(AccountDeactivated(user_id=user.pk), user, actor)


@transaction.atomic
def reactivate(*, username: str, actor: int | None = None) -> None:
    user = _account(username)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        _tell(AccountReactivated(user_id=user.pk), user, actor)


def _account(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(_("没有账号 %(name)s。") % {"name": username}, field="username")
    return user


def _give_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="password") from None
    user.set_password(password)


def _tell(event: Event, user: User, actor: int | None) -> None:
    record(event, subject=Ref("user", user.pk), actor=actor)
