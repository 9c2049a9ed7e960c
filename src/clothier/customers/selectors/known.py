"""Facts as pages show them: the best-founded first, and those that contradict each other marked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet

from clothier.catalog.selectors import category_names
from clothier.customers import sealing
from clothier.customers.contracts import FactView
from clothier.customers.fields import FIELDS
from clothier.customers.models import Fact
from clothier.kernel import clock


def current_facts(records: Iterable[int], *, groups: Sequence[str]) -> list[FactView]:
    """What holds now about a person's records in these groups of fields. Vault fields are unsealed: ask with cause."""
    wanted = [key for key, field in FIELDS.items() if field.group in groups]
    alive = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    rows: QuerySet[Fact] = Fact.objects.filter(alive, customer__in=list(records), withdrawn_at=None, field__in=wanted)
    views = [_view(row) for row in rows.select_related("customer") if row.customer.key is not None]
    return _named(_weighed(views))


def _named(views: list[FactView]) -> list[FactView]:
    """With categories by their names; one query, and none where nothing is said of a category."""
    if not any(view.qualifier for view in views):
        return views
    names = category_names()
    return [
        replace(view, qualifier=names.get(view.qualifier, view.qualifier), qualifier_code=view.qualifier)
        for view in views
    ]


def _view(row: Fact) -> FactView:
    return FactView(
        id=row.pk,
        field=row.field,
        label=FIELDS[row.field].label,
        qualifier=row.qualifier,
        wearer_id=row.wearer_id,
        value=sealing.unseal(row.customer, row.sealed) if row.sealed else row.value,
        source=row.get_source_display(),
        source_ref=row.source_ref,
        confidence=row.confidence,
        times=row.times,
        occurred_at=row.occurred_at,
        expires_at=row.expires_at,
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
