"""What a phone says with every tap: a key of its own, and perhaps when it really happened."""

from datetime import datetime
from hashlib import sha256
from typing import TypedDict

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest

LONGEST = 48


class Fact(TypedDict):
    actor: int
    key: str | None
    occurred_at: datetime | None


def fact(request: ViewerRequest) -> Fact:
    """Actor, idempotency key and time of the posted form, ready for a verb.

    The key is made the sender's own, so that nobody can be answered with another's outcome. The phone's clock counts
    only for what waited in its outbox: what arrives at once happened now, whatever the phone believes.
    """
    if request.viewer.employee is None:
        raise Refused(_("这个账号不能在卖场操作"))
    said = request.POST.get("key", "")
    at = _moment(request.POST.get("occurred_at", "")) if request.headers.get("X-Outbox") else None
    return Fact(actor=request.viewer.employee, key=_key(request.viewer.employee, said), occurred_at=at)


def _key(employee: int, said: str) -> str | None:
    """As said where it is short and plain, else its digest: two long keys never become one by being cut."""
    if not said:
        return None
    plain = len(said) <= LONGEST and said.isascii() and said.isprintable()
    return f"floor:{employee}:{said if plain else sha256(said.encode()).hexdigest()[:LONGEST]}"


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refused(_("看不懂手机报告的时间"), field="occurred_at")
    return at
