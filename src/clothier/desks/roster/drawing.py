"""What the week's templates are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString

from clothier.desks.roster import words
from clothier.desks.roster.addresses import on_day
from clothier.desks.roster.opening import Opening
from clothier.desks.roster.rules import Span
from clothier.desks.shell.shops import Shop
from clothier.staff.contracts import Colleague, ShiftView


@dataclass(frozen=True, slots=True)
class Stint:
    """One shift in a cell. One in another store is only `elsewhere`: it tells when the person is taken.

    `face` is how it reads in a table, `link` the same with the way to it.
    """

    shift: ShiftView
    time: str
    post: str
    zone: str
    elsewhere: bool
    href: str
    face: SafeString
    link: SafeString


@dataclass(frozen=True, slots=True)
class Gap:
    """Open hours in which a post is empty, with the address of the form that fills it."""

    post: str
    name: str
    time: str
    span: Span
    fill: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    label: str
    weekday: str
    today: bool
    past: bool
    opening: Opening
    gaps: list[Gap]
    stints: list[Stint]
    add: str

    @property
    def long(self) -> str:
        return words.long_day(self.day)


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody does in a week, day by day."""

    person: Colleague
    hours: str
    days: Sequence[Day]
    stints: list[list[Stint]]

    def cells(self, plus: SafeString) -> SafeString:
        """A table has four hundred: here they cost a third of what the engine takes. Visitors are planned elsewhere."""
        pairs = zip(self.days, self.stints, strict=True)
        return SafeString("".join(_cell(day, stints, self.person, plus) for day, stints in pairs))


def _cell(day: Day, stints: list[Stint], person: Colleague, plus: SafeString) -> str:
    today, links = " data-today" if day.today else "", "".join(stint.link for stint in stints)
    return f"<td{today}>{links}{_add(day, person, plus) if person.number else ''}</td>\n"


def _add(day: Day, person: Colleague, plus: SafeString) -> str:
    """One shift more. Named by the words of its row and its column, which spares a sentence for each link."""
    href, names = f"{day.add}&amp;employee={person.id}", f"add p{person.id} d{day.day.day}"
    return f'<a class="roster__add" href="{href}" aria-labelledby="{names}">{plus}</a>'


@dataclass(frozen=True, slots=True)
class Week:
    shop: Shop
    monday: date
    days: list[Day]
    rows: list[Row]

    @property
    def label(self) -> str:
        return words.week_label(self.monday)

    @property
    def here(self) -> str:
        return on_day("week", self.shop, self.monday)

    @property
    def before(self) -> str:
        return on_day("week", self.shop, self.monday - timedelta(days=7))

    @property
    def after(self) -> str:
        return on_day("week", self.shop, self.monday + timedelta(days=7))

    @property
    def copy(self) -> str:
        return on_day("copy", self.shop, self.monday)

    @property
    def sheet(self) -> str:
        return on_day("sheet", self.shop, self.monday)

    @property
    def over(self) -> bool:
        return self.days[-1].past

    @property
    def gaps(self) -> int:
        return sum(len(day.gaps) for day in self.days)

    @property
    def planned(self) -> int:
        return sum(len(day.stints) for day in self.days)
