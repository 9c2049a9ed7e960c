"""Segments: which there are, how many people they hold, who they are."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from clothier.customers.models import Profile, Segment, SegmentVersion
from clothier.customers.rules.conditions import parse
from clothier.customers.selectors.doors import KEEPERS, require
from clothier.customers.selectors.matching import people_where
from clothier.customers.selectors.sampling import EXACT_UP_TO, WIDTH, WINDOWS, stretches
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

# Keys that are asked first for each person wanted.
STRETCH = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How many people: exact, or an estimate with the bounds that hold it 95 times in 100."""

    people: int
    exact: bool
    low: int
    high: int


def segments_for(viewer: Viewer, *, archived: bool = False, limit: int = 100) -> list[tuple[Segment, int, Any]]:
    """Segments in use (or archived), newest first, each with its current version's number and condition tree."""
    require(viewer, KEEPERS)
    return [(row.segment, row.number, parse(row.condition)) for row in _current(archived=archived, limit=limit)]


@prepared
def _current(archived: bool, limit: int) -> "QuerySet[SegmentVersion, SegmentVersion]":
    latest = SegmentVersion.objects.filter(segment=OuterRef("segment")).order_by("-number")
    current = SegmentVersion.objects.filter(
        segment__archived_at__isnull=not archived, number=Subquery(latest.values("number")[:1])
    )
    return current.select_related("segment").order_by("-segment")[:limit]


def segment_for(viewer: Viewer, segment_id: int) -> Segment | None:
    require(viewer, KEEPERS)
    return next(iter(_segment(segment=segment_id)), None)


@prepared
def _segment(segment: int) -> "QuerySet[Segment, Segment]":
    return Segment.objects.filter(pk=segment)


def condition_of(segment_id: int, *, number: int | None = None) -> Any:
    """The condition tree of a segment's current (or numbered) version. Raises Segment.DoesNotExist."""
    for found in _versions(segment=segment_id, number=number, limit=1):
        return parse(found.condition)
    raise Segment.DoesNotExist(segment_id)


def versions_of(segment_id: int, *, limit: int = 10) -> list[tuple[SegmentVersion, Any]]:
    """A segment's versions, the current one first, each with its condition tree."""
    return [(found, parse(found.condition)) for found in _versions(segment=segment_id, number=None, limit=limit)]


@prepared
def _versions(segment: int, number: int | None, limit: int) -> "QuerySet[SegmentVersion, SegmentVersion]":
    versions = SegmentVersion.objects.filter(segment=segment)
    return (versions if number is None else versions.filter(number=number)).order_by("-number")[:limit]


def version_of(segment_id: int) -> int | None:
    """The number of a segment's current version; None when there is no such segment, or it is archived."""
    versions = SegmentVersion.objects.filter(segment=segment_id, segment__archived_at=None)
    number: int | None = versions.aggregate(top=Max("number"))["top"]
    return number


def size_of(condition: Any) -> Size:
    """The number of people a condition holds for: counted while ids are few, else estimated from a sample of ids."""
    top = next(iter(_top()), 0)
    if top <= EXACT_UP_TO:
        count = people_where(condition).count()
        return Size(count, True, count, count)
    return _estimate(condition, top)


def members(condition: Any, *, after: int = 0, limit: int = 50) -> list[Profile]:
    """People of a segment by key, with their record.

    A stretch of keys is asked, and a longer one where it held too few: a page does not wait for the house.
    """
    found: list[Profile] = []
    top, first, length = next(iter(_top()), 0), after + 1, limit * STRETCH
    while len(found) < limit and first <= top:
        rows = people_where(condition, range(first, first + length)).select_related("customer").order_by("pk")
        found += rows[: limit - len(found)]
        first, length = first + length, length * 4
    return found


@prepared
def _top() -> "QuerySet[Profile, int]":
    return Profile.objects.order_by("-pk").values_list("pk", flat=True)[:1]


def _estimate(condition: Any, top: int) -> Size:
    @prepared
    def held(first: int, end: int) -> "QuerySet[Profile, int]":
        return people_where(condition, range(first, end)).values_list("pk", flat=True)

    counts = [len(held(first=stretch.start, end=stretch.stop)) for stretch in stretches(top)]
    mean = sum(counts) / WINDOWS
    deviation = math.sqrt(sum((n - mean) ** 2 for n in counts) / (WINDOWS - 1) / WINDOWS)
    scale = top / WIDTH
    low, high = max(0, mean - 1.96 * deviation) * scale, (mean + 1.96 * deviation) * scale
    return Size(round(mean * scale), False, round(low), round(high))
