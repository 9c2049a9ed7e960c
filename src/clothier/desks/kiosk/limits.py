"""A screen that stands in a shop is pressed by everybody: so many times a minute, and no more.

Counted in each web process's own memory: several processes allow several times as much, which is still no flood.
"""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused

MINUTE = 60


def spare(what: str, who: object, *, a_minute: int) -> None:
    """Count one use. Raises Refused beyond the minute's allowance."""
    key = f"kiosk:{what}:{who}"
    cache.add(key, 0, MINUTE)
    try:
        used = cache.incr(key)
    except ValueError:
        # The minute ended between the two calls.
        cache.set(key, 1, MINUTE)
        used = 1
    if used > a_minute:
        raise Refused(_("按得太快了，请稍等一分钟"))


def address(request: HttpRequest) -> str:
    """Where a stranger's request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))
