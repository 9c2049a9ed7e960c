"""Sign-ins: made, given a password, shut and opened again by head office or the command line."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event
from clothier.eventlog.services import record
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.staff.events import AccountCreated, AccountDeactivated, AccountReactivated, PasswordSet
from clothier.staff.models import Employee, User


@transaction.atomic
def create_account(*, username: str, password: str = "", employee: int | None = None, actor: int | None = None) -> User:
    """A sign-in, for an employee if given. Without a password nobody can use it yet.

    Raises Refused on a taken name, a weak password, or an employee who has a sign-in already.
    """
    user = User(username=username, is_active=True)
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
    user.save(update_fields=["password"])
    _tell(PasswordSet(user_id=user.pk), user, actor)


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
