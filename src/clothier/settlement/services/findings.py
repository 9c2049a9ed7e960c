"""Differences written down: found again they are the same ones, and what a person decided about them stands."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from clothier.kernel import clock
from clothier.settlement.contracts import DifferenceKind, DifferenceState, Finding
from clothier.settlement.models import Difference
from clothier.standards.contracts import role_resolver

# A number may be known to both sides under dates so far apart.
_AROUND = timedelta(days=7)
_STANDING = (DifferenceState.OPEN, DifferenceState.EXPLAINED)
_FACTS = ("kind", "date", "method", "store_id", "payment_id", "provider_reference", "ours_fen", "theirs_fen", "rows")


def standing(side: str, first: date, last: date) -> set[str]:
    """Numbers that did not agree before, about these dates or the days around: they may by now."""
    return set(_near(side, first, last).exclude(kind=DifferenceKind.FEE).values_list("reference", flat=True))


def keep(findings: Sequence[Finding], *, side: str, examined: set[str], first: date, last: date) -> None:
    """Write what was found about these dates; what was `examined` (keys) and is no difference any more is gone."""
    known = {row.key: row for row in _known([finding.key for finding in findings])}
    fresh = [_new(finding) for finding in findings if finding.key not in known]
    _assign(fresh)
    Difference.objects.bulk_create(fresh, batch_size=1_000)
    changed = [row for finding in findings if (row := known.get(finding.key)) and _follow(row, finding)]
    Difference.objects.bulk_update(changed, [*_FACTS, "state", "changed_at"], batch_size=500)
    _let_go(examined - {finding.key for finding in findings}, _near(side, first, last))


def _known(keys: Sequence[str]) -> list[Difference]:
    """Locked: somebody may be deciding about one of them."""
    found: list[Difference] = []
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        found += Difference.objects.select_for_update().filter(key__in=some).order_by("pk")
    return found


def _new(finding: Finding) -> Difference:
    now = clock.now()
    row = Difference(key=finding.key, side=finding.side, reference=finding.reference, found_at=now, changed_at=now)
    _set(row, finding)
    row.state = _state(finding)
    return row


def _set(row: Difference, finding: Finding) -> None:
    row.kind, row.date, row.method = finding.kind, finding.date, finding.method
    row.store_id, row.payment_id, row.provider_reference = finding.store, finding.payment, finding.provider_reference
    row.ours_fen, row.theirs_fen, row.rows = finding.ours_fen, finding.theirs_fen, finding.rows


def _state(finding: Finding) -> DifferenceState:
    """The same money one day later explains itself; everything else waits for a person."""
    return DifferenceState.EXPLAINED if finding.kind is DifferenceKind.TIMING else DifferenceState.OPEN


def _follow(row: Difference, finding: Finding) -> bool:
    """Whether anything changed. A decision stands as long as the sides are as they were when it was made."""
    before = [getattr(row, name) for name in _FACTS]
    _set(row, finding)
    same = before == [getattr(row, name) for name in _FACTS]
    if same and row.state != DifferenceState.GONE:
        return False
    row.state, row.changed_at = _state(finding), clock.now()
    return True


def _near(side: str, first: date, last: date) -> "QuerySet[Difference]":
    around = (first - _AROUND, last + _AROUND)
    return Difference.objects.filter(side=side, state__in=_STANDING, date__range=around)


def _let_go(agreed: set[str], there: "QuerySet[Difference]") -> None:
    gone = [pk for pk, key in there.values_list("pk", "key") if key in agreed]
    for start in range(0, len(gone), 500):
        Difference.objects.filter(pk__in=gone[start : start + 500]).update(
            state=DifferenceState.GONE, changed_at=clock.now()
        )


def _assign(rows: Sequence[Difference]) -> None:
    """Each goes to whoever answers for the books of its store."""
    owners: dict[int | None, int | None] = {}
    for row in rows:
        if row.store_id not in owners:
            people = role_resolver.ask("finance", row.store_id, None, clock.now())
            owners[row.store_id] = people[0] if people else None
        row.owner_id = owners[row.store_id]
