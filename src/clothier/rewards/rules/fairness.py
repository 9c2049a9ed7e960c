"""Like customers, unlike treatment: what the law on automated decisions asks a retailer to be able to explain.

Customers are alike who have the same tier and value layer and shop in the same store. Where of such a group some were
given a coupon and others were not, the report says how many of each, what it was worth, and on what grounds; it asks
for an explanation where none of the house rules' grounds (a birthday, points spent, a prize drawn) gives one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Group(NamedTuple):
    """People alike. `store` is where they bought last, 0 where none is known."""

    tier: str
    layer: str
    store: int


@dataclass(slots=True)
class Given:
    """What a group was given of one template: people, coupons by ground, fen taken off so far."""

    people: int = 0
    coupons: int = 0
    off_fen: int = 0
    grounds: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The house rules. Smaller groups say nothing; below and above these shares (0–100) a group is treated alike."""

    least_people: int
    low_share: int
    high_share: int
    grounds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One group and one template. `open_grounds` are the grounds nobody has explained; with none all is explained."""

    template: int
    group: Group
    alike: int
    given: Given
    open_grounds: tuple[str, ...]

    @property
    def share(self) -> float:
        """0–100."""
        return 100 * self.given.people / self.alike

    @property
    def without(self) -> int:
        return self.alike - self.given.people


def findings(sizes: Mapping[Group, int], given: Mapping[tuple[int, Group], Given], bounds: Bounds) -> Iterator[Finding]:
    """Every group of which some got a template's coupon and others did not, as far as the bounds ask for it."""
    for (template, group), told in given.items():
        alike = max(sizes.get(group, 0), told.people)
        share = 100 * told.people / alike
        if alike >= bounds.least_people and bounds.low_share <= share <= bounds.high_share:
            yield Finding(template, group, alike, told, _unexplained(told.grounds, bounds.grounds))


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    """What asks for an explanation first, and of that what concerns most people."""
    return sorted(found, key=lambda one: (not one.open_grounds, -one.without, one.template, one.group))


def _unexplained(grounds: Mapping[str, int], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(ground for ground in grounds if ground not in known))
