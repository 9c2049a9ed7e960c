"""What every verb shares: believing the reported time, the idempotency key, and telling the log."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Event, Happening
from clothier.eventlog.selectors import first_told
from clothier.eventlog.services import AlreadyRecorded, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.visits import rules
from clothier.visits.models import Visit

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)


def believed(occurred_at: datetime | None) -> rules.Moment:
    """The moment a verb goes by. Raises Refused for the future and for what is older than two days."""
    try:
        return rules.moment(occurred_at, clock.now())
    except rules.BadTime as error:
        message = _("手机时间比现在快，请校准后再试") if error.ahead else _("两天以前的事情不能再补记")
        raise Refused(message, field="occurred_at") from None


def once(find: Callable[[Happening], M], *events: type[Event]) -> Callable[[Callable[P, M]], Callable[P, M]]:
    """Make a verb idempotent by its `key`: a repetition returns what `find` makes of the first entry.

    Two repetitions may race: the log's unique key lets one through, the other is rolled back and answered here.
    """

    def decorate(verb: Callable[P, M]) -> Callable[P, M]:
        @wraps(verb)
        def idempotent(*args: P.args, **kwargs: P.kwargs) -> M:
            key = kwargs.get("key")
            if not isinstance(key, str):
                return verb(*args, **kwargs)
            if found := _first(key, find, events):
                return found
            try:
                return verb(*args, **kwargs)
            except AlreadyRecorded:
                if found := _first(key, find, events):
                    return found
                raise

        return idempotent

    return decorate


def _first(key: str, find: Callable[[Happening], M], events: tuple[type[Event], ...]) -> M | None:
    entry = first_told(key, *events)
    return None if entry is None else find(entry)


def tell(
    event: Event,
    visit: Visit,
    moment: rules.Moment,
    *,
    actor: int | None,
    key: str | None,
    subject: Ref | None = None,
) -> None:
    """Record an event of a visit, with its customer and store."""
    record(
        event,
        subject=subject or visit.ref,
        customer=visit.customer_id,
        store=visit.store_id,
        actor=actor,
        occurred_at=moment.at,
        key=key,
    )
