"""What stands open to everybody is used so many times a minute, and no more."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from clothier.kernel import allowance
from clothier.kernel.errors import Refused


def spare(what: str, who: object, *, a_minute: int) -> None:
    """Count one use. Raises Refused beyond the minute's allowance."""
    if allowance.used(f"kiosk:{what}:{who}") > a_minute:
        raise Refused(_("按得太快了，请稍等一分钟"))


def address(request: HttpRequest) -> str:
    """Where a stranger's request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))
