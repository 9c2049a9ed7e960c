"""What is known of the customers beside what they bought: sizes, likes, birthdays, and what they agreed to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from clothier.customers.contracts import NewConsent, NewFact
from clothier.kernel import clock
from clothier.simulation.contents import load
from clothier.simulation.crowd import Crowd
from clothier.simulation.draws import Ints, pick, stream
from clothier.simulation.shelf import Shelf
from clothier.simulation.shopping import Lines, Visits

NOTICE = "2025-03"
# purpose, channel, data class, and the share of members who agreed when they joined.
AGREED = (
    ("service", "phone", "contact", 0.97),
    ("service", "in_store", "behaviour", 0.88),
    ("personal", "none", "behaviour", 0.76),
    ("personal", "in_store", "body", 0.38),
    ("marketing", "sms", "contact", 0.60),
    ("marketing", "wechat", "contact", 0.55),
)
MINORS = ("service", "in_store", "minors", 0.6)
_ONESELF = (("women", "unisex"), ("men", "unisex"))


def consents(
    *, seed: int, people: Crowd, customers: Sequence[int], chosen: range, first: datetime
) -> Iterator[NewConsent]:
    """What each of the chosen customers agreed to, on the day they joined."""
    lots = stream(seed, "consents", chosen.start).random((len(chosen), len(AGREED) + 1))
    for i, row in zip(chosen, lots.tolist(), strict=True):
        said = first + timedelta(days=int(people.joined[i]), hours=12)
        asked = (*AGREED, MINORS) if people.has_child[i] else AGREED
        for (purpose, channel, data_class, share), lot in zip(asked, row, strict=False):
            if lot < share:
                proof = f"member-form:{i + 1:08d}"
                yield NewConsent(customers[i], purpose, channel, data_class, NOTICE, proof, said_at=said)


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """Everybody's purchases, by customer: `order` lists the lines customer by customer, `edges` where each begins."""

    seen: Visits
    lines: Lines
    shelf: Shelf
    order: Ints
    edges: Ints
    first: datetime

    @classmethod
    def of(cls, *, seen: Visits, lines: Lines, shelf: Shelf, customers: int, first: datetime) -> "Wardrobe":
        """`first` is the first midnight of the history."""
        buyer = seen.customer[lines.visit]
        order = np.argsort(buyer, kind="stable")
        return cls(seen, lines, shelf, order, np.searchsorted(buyer[order], np.arange(customers + 1)), first)

    def facts(self, i: int, customer: int, sex: int) -> Iterator[NewFact]:
        """The size bought most in each category for oneself, and the colour bought more than once; learnt last when
        such a piece was last bought.
        """
        sizes: Counter[tuple[str, str]] = Counter()
        colours: Counter[str] = Counter()
        last: dict[tuple[str, str] | str, datetime] = {}
        for line in self.order[self.edges[i] : self.edges[i + 1]].tolist():
            index, at = int(self.lines.style[line]), self._bought_at(line)
            style = self.shelf.styles[index]
            variant = self.shelf.variants[index, int(self.lines.colour[line]), int(self.lines.size[line])]
            colours[variant.colour] += 1
            last[variant.colour] = at
            if style.gender in _ONESELF[sex] and variant.size != "均码":
                sizes[style.category, variant.size] += 1
                last[style.category, variant.size] = at
        told: set[str] = set()
        for (category, size), times in sizes.most_common():
            if category not in told:
                told.add(category)
                sure, at = min(55 + 10 * times, 95), last[category, size]
                yield NewFact(customer, "size", size, category, source="sale", confidence=sure, occurred_at=at)
        for colour, times in colours.most_common(1):
            if times > 1:
                said = load("colours")[colour][0]
                yield NewFact(customer, "colour", said, source="sale", confidence=70, occurred_at=last[colour])

    def _bought_at(self, line: int) -> datetime:
        """The visit's moment, or now for a visit that today has yet to see."""
        return min(self.first + timedelta(seconds=int(self.seen.second[self.lines.visit[line]])), clock.now())


def facts(
    *, seed: int, people: Crowd, customers: Sequence[int], chosen: range, wardrobe: Wardrobe, today: date
) -> Iterator[NewFact]:
    """Sizes and colours as their purchases show them; birthdays, occasions and sensitivities as some told."""
    rng = stream(seed, "facts", chosen.start)
    content = load("people")
    for i in chosen:
        joined = wardrobe.first + timedelta(days=int(people.joined[i]), hours=12)
        yield from wardrobe.facts(i, customers[i], int(people.sex[i]))
        if rng.random() < 0.55:
            day = date(today.year - int(people.age[i]), 1, 1) + timedelta(days=int(rng.integers(365)))
            yield NewFact(customers[i], "birthday", day.isoformat(), confidence=95, occurred_at=joined)
        if rng.random() < 0.08:
            yield NewFact(customers[i], "sensitivity", pick(rng, content["sensitivities"]), occurred_at=joined)
        if rng.random() < 0.3:
            yield NewFact(customers[i], "occasion", pick(rng, content["occasions"]), occurred_at=joined)
