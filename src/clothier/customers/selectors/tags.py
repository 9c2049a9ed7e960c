"""The vocabulary of tags: which words there are, how many people wear them, who."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import get_language

from clothier.customers.models import Customer, Tag, Tagging
from clothier.customers.selectors.doors import KEEPERS, require
from clothier.customers.selectors.sampling import EXACT_UP_TO, SAMPLED, stretches
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

Origin = Tagging.Origin


@dataclass(frozen=True, slots=True)
class Worn:
    """How many people have a tag, and how it came to them; estimated from a sample of ids in a large chain."""

    people: int = 0
    by_hand: int = 0
    by_rule: int = 0
    by_model: int = 0
    exact: bool = True


def tags_in_use() -> list[Tag]:
    """By slug."""
    return _in_use()


@prepared
def _in_use() -> "QuerySet[Tag, Tag]":
    return Tag.objects.filter(retired_at=None).order_by("slug")


def tags_for(viewer: Viewer, *, retired: bool = False) -> list[tuple[Tag, Worn]]:
    """The vocabulary with the number of people; three queries, and one a window where they are estimated."""
    require(viewer, KEEPERS)
    tags = list(Tag.objects.filter(retired_at__isnull=not retired).order_by("slug"))
    worn = _worn([tag.pk for tag in tags])
    return [(tag, worn[tag.pk]) for tag in tags]


def tag_for(viewer: Viewer, tag_id: int) -> tuple[Tag, Worn] | None:
    require(viewer, KEEPERS)
    tag = Tag.objects.filter(pk=tag_id).first()
    return (tag, _worn([tag_id])[tag_id]) if tag else None


def wearers_of(viewer: Viewer, tag_id: int, *, after: int = 0, limit: int = 50) -> list[Tagging]:
    """Who has a tag, by the record's number: where it came from, how sure, until when."""
    require(viewer, KEEPERS)
    rows = _current().filter(tag=tag_id, customer_id__gt=after).select_related("customer")
    return list(rows.order_by("customer_id")[:limit])


def said(tag: Tag) -> str:
    """The tag's name in the reader's language."""
    return tag.name_en or tag.name if get_language() == "en" else tag.name


def tag_names() -> dict[int, str]:
    """Every tag's name by id, those out of use too."""
    return {tag.pk: said(tag) for tag in Tag.objects.all()}


def _worn(tags: list[int]) -> dict[int, Worn]:
    top = Customer.objects.aggregate(top=Max("pk"))["top"] or 0
    exact = top <= EXACT_UP_TO
    looked_at = [range(1, top + 1)] if exact else stretches(top)
    scale = 1.0 if exact else top / SAMPLED
    counts: dict[int, Counter[str]] = {tag: Counter() for tag in tags}
    for people in looked_at:
        for tag, origin, n in _worn_by(tags=tags, at=clock.now(), first=people.start, end=people.stop):
            counts[tag][origin] += n
    return {tag: _scaled(found, scale, exact=exact) for tag, found in counts.items()}


@prepared
def _worn_by(tags: list[int], at: datetime, first: int, end: int) -> "QuerySet[Tagging, tuple[int, str, int]]":
    alive = Q(expires_at=None) | Q(expires_at__gt=at)
    worn = Tagging.objects.filter(alive, customer__erased_at=None, customer_id__gte=first, customer_id__lt=end)
    return worn.filter(tag__in=tags).order_by().values_list("tag", "origin").annotate(n=Count("pk"))


def _scaled(found: Counter[str], scale: float, *, exact: bool) -> Worn:
    by = {origin: round(n * scale) for origin, n in found.items()}
    hand, rule, model = (by.get(origin, 0) for origin in (Origin.MANUAL, Origin.RULE, Origin.MODEL))
    return Worn(hand + rule + model, hand, rule, model, exact)


def _current() -> QuerySet[Tagging]:
    alive = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    return Tagging.objects.filter(alive, customer__erased_at=None)
