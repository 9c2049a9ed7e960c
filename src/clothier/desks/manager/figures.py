"""What a store's day came to: visitors, sales, promises; and how it stands against another day."""

from dataclasses import dataclass

from clothier.checkout.selectors import sales_between
from clothier.desks.manager.day import Stretch
from clothier.kernel.access import Viewer
from clothier.standards.selectors import Figures, document, promise_figures
from clothier.visits.selectors import came_between

PROMPT = 1800
# A percentage of fewer than these says nothing.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Day:
    """Visits and people who came, orders, net sales in fen, and promises by key."""

    visits: int
    people: int
    orders: int
    net_fen: int
    promises: dict[str, Figures]

    @property
    def conversion(self) -> float | None:
        """Orders per visit, at most 1: a group that pays at two tills is still one visit."""
        return min(self.orders / self.visits, 1.0) if self.visits else None

    @property
    def kept(self) -> Figures:
        return Figures(
            kept=sum(each.kept for each in self.promises.values()),
            broken=sum(each.broken for each in self.promises.values()),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against an earlier one; `text` is empty where there is nothing to compare with.

    `against` says what it is compared with, where the text does not.
    """

    text: str
    better: bool | None
    against: str = ""


def figures(viewer: Viewer, *, store: int, stretch: Stretch) -> Day:
    """Three queries, each over one store and one stretch of time."""
    visits, people = came_between(viewer, store=store, start=stretch.start, end=stretch.end)
    sales = sales_between(store=store, start=stretch.start, end=stretch.end)
    kept = promise_figures(viewer, since=stretch.start, until=stretch.end, store=store)
    return Day(
        visits=visits,
        people=people,
        orders=sales.orders,
        net_fen=sales.net_fen,
        promises=kept,
    )


def change(now: float | None, then: float | None) -> Change:
    """↑ 14% or ↓ 6%, relative."""
    if not then or now is None:
        return Change("", None)
    share = (now - then) / then
    return Change(f"{'↑' if share >= 0 else '↓'} {abs(share):.0%}", None if abs(share) < 0.005 else share > 0)


def compared(now: float | None, then: float | None, *, base: int, than: str, few: str) -> Change:
    """As `change`, `than` what is named; where that rests on too small a `base`, the base itself, as `few` puts it."""
    if 0 < base < ENOUGH:
        return Change(few % {"n": base}, None)
    found = change(now, then)
    return Change(found.text, found.better, than)


def kept_target() -> float | None:
    """The share of promises the chain wants kept, 0…1, from the house rules' targets."""
    target = document("targets").find("promises_kept")
    return target.at_least / 100 if target and target.at_least is not None else None


def promise_names(language: str) -> dict[str, str]:
    """Every promise of the house rules by its key, in their order."""
    return {rule.key: rule.name.say(language) for rule in document("promises").promises}


def prompt_promises() -> list[str]:
    """The keys of promises to be kept within half an hour: those somebody on the floor can still save."""
    return [rule.key for rule in document("promises").promises if rule.within <= PROMPT]
