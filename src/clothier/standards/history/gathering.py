"""What histories say to the promises: which event starts, keeps or cancels which, as columns by rule."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, repeat
from typing import Any

import numpy as np

from clothier.eventlog.contracts import History
from clothier.kernel.columns import Every, Ints
from clothier.kernel.refs import Ref
from clothier.standards.rules.documents.promises import PromiseRule
from clothier.standards.rules.facts import Kind
from clothier.standards.rules.matching import Effect, fits, subject_of
from clothier.standards.selectors.rulebook import Rulebook

_PLAIN = (Kind.START, Kind.KEEP, Kind.CANCEL)
# Fields of an event that would make its promise another than the rule's plain one.
_SPECIAL = frozenset({"period", "severity", "tier"})


@dataclass(frozen=True, slots=True)
class Said:
    """What one kind of event says to the promises about these subjects; `entries` rise with the moments."""

    kind: Kind
    part: int
    subject_kind: str
    subjects: Ints
    stores: Sequence[int | None]
    customers: Sequence[int | None]
    actors: Sequence[int | None]
    moments: Ints
    entries: Ints
    fields: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The promises that one kind of event starts under one rule, and what was said to them afterwards."""

    rule: PromiseRule
    start: Said
    later: list[Said]


def gather(book: Rulebook, histories: Sequence[History]) -> list[Gathered]:
    """Raises ValueError for what only a clock that is followed event by event can do."""
    met: dict[str, list[tuple[Effect, History]]] = defaultdict(list)
    for history in histories:
        for effect in book.by_type.get(history.event.type, ()):
            met[effect.rule.key].append((effect, history))
    found = (_of_rule(book, each) for each in met.values() if any(e.kind is Kind.START for e, _ in each))
    return [each for each in found if len(each.start.subjects)]


def _of_rule(book: Rulebook, met: list[tuple[Effect, History]]) -> Gathered:
    rule = met[0][0].rule
    said = [_said(book, effect, history) for effect, history in met]
    (start, *more) = [each for each in said if each.kind is Kind.START]
    later = [each for each in said if each.kind is not Kind.START]
    special = any(not _SPECIAL.isdisjoint(fields) for fields in start.fields)
    unusual = any(e.kind not in _PLAIN or e.condition.by == "customer" for e, _ in met)
    if len(start.subjects) and (more or special or unusual or rule.given or rule.channel):
        raise ValueError(f"the promise {rule.key} cannot be followed by the column")
    if len(np.unique(start.subjects)) < len(start.subjects):
        if not rule.repeat or rule.keep_all:
            raise ValueError(f"the promise {rule.key} is started twice about one thing")
        start = _beginnings(start, later)
    return Gathered(rule, start, later)


def _beginnings(start: Said, later: Sequence[Said]) -> Said:
    """The starts that began a promise: while one about the same thing ran, another start was none."""
    told = [(*each, row) for row, each in enumerate(zip(start.subjects.tolist(), start.entries.tolist(), strict=True))]
    for said in later:
        told += [(*each, -1) for each in zip(said.subjects.tolist(), said.entries.tolist(), strict=True)]
    running, begun = set[int](), list[int]()
    for subject, _entry, row in sorted(told):
        if row < 0:
            running.discard(subject)
        elif subject not in running:
            running.add(subject)
            begun.append(row)
    rows = np.array(sorted(begun), dtype=np.int64)
    count = len(start.subjects)
    return replace(
        start, subjects=start.subjects[rows], moments=start.moments[rows], entries=start.entries[rows],
        stores=chosen(start.stores, rows, count), customers=chosen(start.customers, rows, count),
        actors=chosen(start.actors, rows, count), fields=chosen(start.fields, rows, count),
    )  # fmt: skip


def _said(book: Rulebook, effect: Effect, history: History) -> Said:
    assert history.entries is not None
    count, condition = len(history.payloads), effect.condition
    subjects, kind = np.array(listed(history.subjects, count), dtype=np.int64), history.subject_kind
    rows, fields = np.arange(count), list[dict[str, Any]]()
    choosy = bool(condition.where or condition.unless or condition.subject)
    if choosy or effect.kind is Kind.START:
        fields = _fields(book, history, subjects.tolist())
    if choosy:
        whose = [
            subject_of(condition, Ref(kind, one["subject_id"]), one) if fits(condition, one) else None for one in fields
        ]
        refs = [subject for subject in whose if subject]
        rows = np.array([row for row, subject in enumerate(whose) if subject], dtype=np.int64)
        fields = [fields[row] for row in rows]
        subjects, kind = np.array([ref.id for ref in refs], dtype=np.int64), refs[0].kind if refs else kind
    return Said(
        effect.kind, effect.part, kind, subjects,
        chosen(history.stores, rows, count), chosen(history.customers, rows, count),
        chosen(history.actors, rows, count), history.moments[rows], history.entries[rows], fields,
    )  # fmt: skip


def _fields(book: Rulebook, history: History, subjects: list[int]) -> list[dict[str, Any]]:
    defaults, customers = book.fields_of(history.event.type), listed(history.customers, len(subjects))
    # The same few say the same again and again.
    read = cache(json.loads)
    return [
        {**defaults, "subject_id": subject, "customer_id": customer, **read(payload)}
        for subject, customer, payload in zip(subjects, customers, history.payloads, strict=True)
    ]


def chosen(cells: Any, rows: Ints, count: int) -> list[Any]:
    values = listed(cells, count)
    return values if len(rows) == count else [values[row] for row in rows.tolist()]


def listed(cells: Any, count: int) -> list[Any]:
    """A column as plain values."""
    if cells is None or isinstance(cells, Every):
        return list(repeat(cells.value if cells else None, count))
    return cells.tolist() if isinstance(cells, np.ndarray) else list(islice(cells, count))
