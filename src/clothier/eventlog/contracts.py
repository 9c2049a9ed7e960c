"""What an event is, and who listens. Plain Python: packages declare their events on top of this."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from clothier.kernel.columns import Cells, Ints

ANY = "*"


class Event(BaseModel):
    """Something that happened, in the past tense. Ids, codes and numbers only: never a name, a phone, a note.

    A subclass names its `type` ("visit.arrived") and, once its shape changes, a higher `version`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: ClassVar[str]
    version: ClassVar[int] = 1

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        known = _types.setdefault(cls.type, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two events are called {cls.type}: {known.__qualname__}, {cls.__qualname__}")


class Happening(Protocol):
    """A recorded event as subscribers see it."""

    id: int
    type: str
    subject_kind: str
    subject_id: int
    customer_id: int | None
    store_id: int | None
    actor_id: int | None
    occurred_at: datetime
    recorded_at: datetime

    @property
    def payload(self) -> Any: ...

    @property
    def event(self) -> Event: ...


@dataclass(frozen=True, slots=True)
class History:
    """Many events of one type that were over before anybody could have been in time, column by column.

    `moments` are seconds since 1970, `payloads` JSON text. `witnessed`: each was told at its moment, as in every day's
    life, so promises ran on it and were judged. `entries` are the keys in the log, once it is recorded.
    """

    event: type[Event]
    subject_kind: str
    subjects: "Cells"
    customers: "Cells"
    stores: "Cells"
    moments: "Ints"
    payloads: Sequence[str]
    actors: "Cells | None" = None
    witnessed: bool = False
    entries: "Ints | None" = None


Inline = Callable[[list[Happening]], None]
Deferred = Callable[[Happening], None]
Together = Callable[[list[Happening]], None]
Historian = Callable[[Sequence[History]], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A deferred handler. `together`: it takes many events at once; `known`: only those about a known customer;
    `past`: histories told in columns as well; `before`: what is got ready outside the transaction.
    """

    types: frozenset[str]
    function: Together
    together: bool
    known: bool
    past: bool = True
    before: Deferred | None = None


_types: dict[str, type[Event]] = {}
_inline: list[tuple[str, Inline]] = []
_historians: list[tuple[frozenset[str] | None, Historian]] = []
_deferred: dict[str, Subscription] = {}


def event_types() -> dict[str, type[Event]]:
    """Every declared event by its type, in alphabetical order."""
    return dict(sorted(_types.items()))


def parse(type_: str, payload: dict[str, Any]) -> Event:
    """The typed event. Raises KeyError for a type nobody declares, pydantic.ValidationError for a wrong shape."""
    return _types[type_].model_validate(payload)


def inline(type_: str = ANY) -> Callable[[Inline], Inline]:
    """Subscribe inside the recording transaction: for what may not be late by a moment, such as promise clocks.

    The function gets all the matching events of one transaction step at once.
    """

    def subscribe(function: Inline) -> Inline:
        _inline.append((type_, function))
        return function

    return subscribe


def historian(*types: str) -> Callable[[Historian], Historian]:
    """Subscribe to the past told in columns, inside its transaction: for what an inline subscriber adds up.

    Of these types, or of any when none is named. The function gets the histories that were recorded together.
    """

    def subscribe(function: Historian) -> Historian:
        _historians.append((frozenset(types) if types else None, function))
        return function

    return subscribe


def deferred(
    name: str, *types: str, known: bool = False, past: bool = True, before: Deferred | None = None
) -> Callable[[Deferred], Deferred]:
    """Subscribe after the commit, in a worker, at least once: the function must bear being called again.

    `name` is stored with every delivery, so it never changes once released. With `known` only events about a known
    customer are delivered. Without `past` it hears nothing of histories: whoever tells one tells its effect too.
    `before` gets ready what takes long and writes nothing, while others may still write.
    """

    def subscribe(function: Deferred) -> Deferred:
        def one_by_one(entries: list[Happening]) -> None:
            for entry in entries:
                function(entry)

        told = Subscription(frozenset(types), one_by_one, together=False, known=known, past=past, before=before)
        _subscribe(name, told)
        return function

    return subscribe


def deferred_together(name: str, *types: str, known: bool = False, past: bool = True) -> Callable[[Together], Together]:
    """As `deferred`, for effects that are far cheaper in bulk: the function takes many events in one transaction.

    When it fails on many it is called again with each alone, so that only the culprit waits and is parked.
    """

    def subscribe(function: Together) -> Together:
        _subscribe(name, Subscription(frozenset(types), function, together=True, known=known, past=past))
        return function

    return subscribe


def _subscribe(name: str, subscription: Subscription) -> None:
    if name in _deferred:
        raise TypeError(f"two handlers are called {name}")
    _deferred[name] = subscription


def inline_subscribers() -> list[tuple[str, Inline]]:
    return list(_inline)


def historians() -> list[tuple[frozenset[str] | None, Historian]]:
    """What every historian wants to hear of (none: everything), and the function."""
    return list(_historians)


def deferred_handlers(type_: str, *, known: bool, past: bool = False) -> list[str]:
    """Names of the handlers that want this type of event; `known`: it is about a known customer, `past`: history."""
    wanting = {name: one for name, one in _deferred.items() if type_ in one.types and (one.past or not past)}
    return [name for name, one in wanting.items() if known or not one.known]


def handler(name: str) -> Subscription:
    """Raises KeyError when no such handler is loaded (its package was removed)."""
    return _deferred[name]


def handler_names() -> set[str]:
    """Every declared deferred handler."""
    return set(_deferred)
