"""What a phone says with every tap: a key of its own, and perhaps when it really happened."""

from datetime import datetime
from typing import TypedDict

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


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
    key = f"floor:{request.viewer.employee}:{said}"[:80] if said else None
    return Fact(actor=request.viewer.employee, key=key, occurred_at=at)


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
