"""Which events move which promises: the house rules turned into a dictionary by event type."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clothier.kernel.refs import Ref
from clothier.standards.rules.documents.promises import Condition, PromiseRule
from clothier.standards.rules.facts import Kind


@dataclass(frozen=True, slots=True)
class Effect:
    """What one condition of one promise does when its event comes."""

    rule: PromiseRule
    kind: Kind
    condition: Condition
    part: int = 0


def effects(rules: Iterable[PromiseRule]) -> dict[str, tuple[Effect, ...]]:
    """Effects by event type, in the order in which one event's effects are applied."""
    found: dict[str, list[Effect]] = {}
    for rule in rules:
        for kind, conditions in rule.conditions().items():
            for part, condition in enumerate(conditions):
                found.setdefault(condition.event, []).append(Effect(rule, Kind(kind), condition, part))
    return {type_: tuple(of_type) for type_, of_type in found.items()}


def fits(condition: Condition, fields: Mapping[str, Any]) -> bool:
    """Whether an event's fields are as the condition wants them."""
    if not condition.where and not condition.unless:
        return True
    return all(_is(fields.get(name), value) for name, value in condition.where.items()) and not any(
        _is(fields.get(name), value) for name, value in condition.unless.items()
    )


def _is(found: Any, wanted: Any) -> bool:
    return found in wanted if isinstance(wanted, list) else bool(found == wanted)


def subject_of(condition: Condition, own: Ref, fields: Mapping[str, Any]) -> Ref | None:
    """Whose promise an event moves; None when the template names a field that this event left empty."""
    if not condition.subject:
        return own
    kind, _, number = condition.subject.partition(":")
    value = fields.get(number[1:-1]) if number.startswith("{") else int(number)
    return Ref(kind, int(value)) if value is not None else None


def address(content: Mapping[str, Any]) -> int:
    """A number made from content: the same content always has the same one (63 bits of SHA-256)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1
