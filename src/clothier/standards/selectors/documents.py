"""The house rules in force: cached in the process, trusted after one look at the edition's token."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal, overload

from django.db import connection

from clothier.kernel import clock
from clothier.standards.contracts import Faulty
from clothier.standards.models import Edition, RulesVersion
from clothier.standards.rules.documents import shelf
from clothier.standards.rules.documents.base import Document
from clothier.standards.rules.documents.bookings import Bookings
from clothier.standards.rules.documents.bot import Bot
from clothier.standards.rules.documents.cadences import Cadences
from clothier.standards.rules.documents.calendars import Calendars
from clothier.standards.rules.documents.cases import Cases
from clothier.standards.rules.documents.commerce import Loyalty, Outreach, ValueLayers
from clothier.standards.rules.documents.conduct import Authority, Etiquette, Language, Notes
from clothier.standards.rules.documents.floor import Display, Scenes
from clothier.standards.rules.documents.payments import Payments
from clothier.standards.rules.documents.people import Scorecard, Targets, Training
from clothier.standards.rules.documents.promises import Promises
from clothier.standards.rules.documents.rewards import Rewards
from clothier.standards.rules.documents.service import Service
from clothier.standards.rules.documents.settling import Settlement
from clothier.standards.rules.documents.till import Promotions, Till

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edited:
    """All documents of one edition, valid from `since` until the next one already published takes effect."""

    token: str
    since: datetime | None
    until: datetime | None
    documents: dict[str, Document]

    def holds(self, token: str, at: datetime) -> bool:
        begun = self.since is None or self.since <= at
        return self.token == token and begun and (self.until is None or at < self.until)


_cached: dict[str, Edited] = {}
_ASK = f"SELECT token FROM {Edition._meta.db_table} WHERE id = 1"  # noqa: S608 - the model's own name


def edition() -> Edited:
    """The documents in force now; one query by primary key when nothing has changed."""
    token, now = _look.get()(), clock.now()
    # Read once: another thread may swap the cache between the check and the use.
    known = _cached.get("now")
    if known is None or not known.holds(token, now):
        known = _cached["now"] = _load(token, now)
    return known


@contextmanager
def settled() -> Iterator[None]:
    """Within, the token is looked at once only: a page shows one edition. Not for what may publish another."""
    before = _look.set(cache(_token))
    try:
        yield
    finally:
        _look.reset(before)


def _token() -> str:
    """Asked for with every event and by every page, so not even the composing of the query is paid twice."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        found = cursor.fetchone()
    return found[0] if found else ""


_look: ContextVar[Callable[[], str]] = ContextVar("look", default=_token)


@overload
def document(key: Literal["promises"]) -> Promises: ...
@overload
def document(key: Literal["cadences"]) -> Cadences: ...
@overload
def document(key: Literal["calendars"]) -> Calendars: ...
@overload
def document(key: Literal["authority"]) -> Authority: ...
@overload
def document(key: Literal["cases"]) -> Cases: ...
@overload
def document(key: Literal["language"]) -> Language: ...
@overload
def document(key: Literal["etiquette"]) -> Etiquette: ...
@overload
def document(key: Literal["scorecard"]) -> Scorecard: ...
@overload
def document(key: Literal["training"]) -> Training: ...
@overload
def document(key: Literal["loyalty"]) -> Loyalty: ...
@overload
def document(key: Literal["rewards"]) -> Rewards: ...
@overload
def document(key: Literal["settlement"]) -> Settlement: ...
@overload
def document(key: Literal["service"]) -> Service: ...
@overload
def document(key: Literal["payments"]) -> Payments: ...
@overload
def document(key: Literal["value_layers"]) -> ValueLayers: ...
@overload
def document(key: Literal["outreach"]) -> Outreach: ...
@overload
def document(key: Literal["display"]) -> Display: ...
@overload
def document(key: Literal["scenes"]) -> Scenes: ...
@overload
def document(key: Literal["notes"]) -> Notes: ...
@overload
def document(key: Literal["targets"]) -> Targets: ...
@overload
def document(key: Literal["bookings"]) -> Bookings: ...
@overload
def document(key: Literal["promotions"]) -> Promotions: ...
@overload
def document(key: Literal["till"]) -> Till: ...
@overload
def document(key: Literal["bot"]) -> Bot: ...
@overload
def document(key: str) -> Document: ...
def document(key: str) -> Document:
    """The document in force, the shipped one where nobody has published another. Raises KeyError on an unknown key."""
    return edition().documents[key]


def _load(token: str, now: datetime) -> Edited:
    published = (
        RulesVersion.objects.filter(state=RulesVersion.State.PUBLISHED) if token else RulesVersion.objects.none()
    )
    in_force: dict[str, int] = {}
    changes: list[datetime] = []
    for pk, key, at in published.order_by("effective_at", "number").values_list("pk", "document", "effective_at"):
        if at is not None:
            changes.append(at)
            in_force |= {key: pk} if at <= now else {}
    texts = dict(RulesVersion.objects.filter(pk__in=in_force.values()).values_list("document", "text"))
    return Edited(
        token=token,
        since=max((at for at in changes if at <= now), default=None),
        until=min((at for at in changes if at > now), default=None),
        documents={key: _read(key, texts.get(key)) for key in shelf.DOCUMENTS},
    )


def _read(key: str, text: str | None) -> Document:
    if text is None:
        return shelf.shipped(key)
    try:
        return shelf.read(key, text)
    except Faulty:
        # A release may have outgrown an old text: the house stays open on the shipped rules and says so.
        logger.exception("published %s no longer reads; the shipped rules hold", key)
        return shelf.shipped(key)
