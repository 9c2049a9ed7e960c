"""Facts as pages show them: the best-founded first, and those that contradict each other marked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from clothier.catalog.selectors import category_names
from clothier.customers.contracts import FactView
from clothier.customers.fields import FIELDS
from clothier.customers.models import Source
from clothier.kernel import clock, columns, vault

_SOURCES = dict(Source.choices)


def current_facts(records: Iterable[int], *, groups: Sequence[str]) -> list[FactView]:
    """What holds now about a person's records in these groups of fields. Vault fields are unsealed: ask with cause."""
    whose, values = columns.among("f.customer_id", records)
    about, wanted = columns.among("f.field", [key for key, field in FIELDS.items() if field.group in groups])
    alive = "f.withdrawn_at IS NULL AND (f.expires_at IS NULL OR f.expires_at > %s) AND c.key IS NOT NULL"
    now = columns.stamp(clock.now())
    rows = columns.read(f"{_told()} WHERE {whose} AND {about} AND {alive}", [*values, *wanted, now])
    return _named(_weighed([_view(*row) for row in rows]))


def _told() -> str:
    when = f"{columns.instant('f.occurred_at')}, {columns.instant('f.expires_at')}"
    said = "f.id, f.field, f.qualifier, f.wearer_id, f.value, f.sealed, f.source, f.source_ref, f.confidence, f.times"
    return f"SELECT c.key, {said}, {when} FROM customers_fact f JOIN customers_customer c ON c.id = f.customer_id"  # noqa: S608


def _named(views: list[FactView]) -> list[FactView]:
    """With categories by their names; one query, and none where nothing is said of a category."""
    if not any(view.qualifier for view in views):
        return views
    names = category_names()
    return [
        replace(view, qualifier=names.get(view.qualifier, view.qualifier), qualifier_code=view.qualifier)
        for view in views
    ]


def _view(
    key: bytes,
    pk: int,
    field: str,
    qualifier: str,
    wearer: int | None,
    value: str,
    sealed: str,
    source: str,
    source_ref: str,
    confidence: int,
    times: int,
    occurred_at: Any,
    expires_at: Any,
) -> FactView:
    return FactView(
        id=pk,
        field=field,
        label=FIELDS[field].label,
        qualifier=qualifier,
        wearer_id=wearer,
        value=vault.unseal(bytes(key), sealed) if sealed else value,
        source=str(_SOURCES.get(source, source)),
        source_ref=source_ref,
        confidence=confidence,
        times=times,
        occurred_at=columns.moment(occurred_at),
        expires_at=columns.moment_of(expires_at),
    )


def _weighed(views: list[FactView]) -> list[FactView]:
    """Ordered by field, best first; in a single-valued field the best leads and a different value is a conflict."""
    order = list(FIELDS)
    views.sort(key=lambda v: (order.index(v.field), v.qualifier, v.wearer_id or 0, -v.confidence, -v.times))
    asked: dict[tuple[str, str, int | None], set[str]] = defaultdict(set)
    for view in views:
        asked[_question(view)].add(view.value)
    weighed, answered = [], set()
    for view in views:
        question = _question(view)
        rival = FIELDS[view.field].single and len(asked[question]) > 1
        best = not FIELDS[view.field].single or question not in answered
        answered.add(question)
        weighed.append(replace(view, conflicts=rival, best=best))
    return weighed


def _question(view: FactView) -> tuple[str, str, int | None]:
    return view.field, view.qualifier, view.wearer_id
