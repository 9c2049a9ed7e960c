"""What a phone says with every tap: a key of its own, and perhaps when it really happened."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypedDict

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest

LONGEST = 48
# Nothing may have waited so long; what a phone says beyond it is no number to reckon with.
_AGES = timedelta(days=366)


class Fact(TypedDict):
    actor: int
    key: str | None
    occurred_at: datetime | None


def fact(request: ViewerRequest) -> Fact:
    """Actor, idempotency key and time of the posted form, ready for a verb.

    The key is made the sender's own, so that nobody can be answered with another's outcome. What arrives at once
    happened now, whatever the phone believes. Of what waited in its outbox the phone says how long: the header carries
    what its clock shows as it sends, so that a clock an hour wrong changes nothing.
    """
    if request.viewer.employee is None:
        raise Refused(_("这个账号不能在卖场操作"))
    said = request.POST.get("key", "")
    sent = request.headers.get("X-Outbox", "")
    at = _by_our_clock(_moment(request.POST.get("occurred_at", "")), sent) if sent else None
    return Fact(actor=request.viewer.employee, key=_key(request.viewer.employee, said), occurred_at=at)


def _key(employee: int, said: str) -> str | None:
    """As said where it is short and plain, else its digest: two long keys never become one by being cut."""
    if not said:
        return None
    plain = len(said) <= LONGEST and said.isascii() and said.isprintable()
    return f"floor:{employee}:{said if plain else sha256(said.encode()).hexdigest()[:LONGEST]}"


def _by_our_clock(at: datetime | None, sent: str) -> datetime | None:
    """As long ago as it is by the phone's clock; as told, where the phone does not say what its clock shows."""
    theirs = _read(sent)
    if at is None or theirs is None:
        return at
    return clock.now() - min(max(theirs - at, timedelta(0)), _AGES)


def _moment(text: str) -> datetime | None:
    at = _read(text)
    if text and at is None:
        raise Refused(_("看不懂手机报告的时间"), field="occurred_at")
    return at


def _read(text: str) -> datetime | None:
    """The moment a phone wrote; None for what is none, or could be anywhere on earth."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
