"""Which events meet which conditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clothier.eventlog.contracts import Happening
from clothier.kernel.refs import Ref
from clothier.standards.rules.matching import Effect, fits, subject_of
from clothier.standards.selectors.rulebook import Rulebook

Thing = tuple[str, str, int]


@dataclass(slots=True)
class Touch:
    """One event meeting one condition: which promise it moves, and how."""

    effect: Effect
    entry: Happening
    fields: dict[str, Any]
    subject: Ref

    @property
    def thing(self) -> Thing:
        return self.effect.rule.key, self.subject.kind, self.subject.id


def touches(book: Rulebook, entries: Iterable[Happening]) -> list[Touch]:
    found: list[Touch] = []
    for entry in entries:
        effects = book.by_type.get(entry.type)
        if not effects:
            continue
        fields = _fields(book, entry)
        own = Ref(entry.subject_kind, entry.subject_id)
        found += [
            Touch(effect, entry, fields, subject)
            for effect in effects
            if fits(effect.condition, fields) and (subject := subject_of(effect.condition, own, fields))
        ]
    return found


def _fields(book: Rulebook, entry: Happening) -> dict[str, Any]:
    about = {"subject_id": entry.subject_id, "customer_id": entry.customer_id, "store_id": entry.store_id}
    return {**book.fields_of(entry.type), **about, "actor_id": entry.actor_id, **entry.payload}
