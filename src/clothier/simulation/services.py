"""Filling an empty database with the demo chain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from clothier.catalog.contracts import StyleFacts
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for
from clothier.simulation import chain, goods, weather
from clothier.simulation.crowd import DAYS, crowd
from clothier.simulation.days import play
from clothier.simulation.draws import stream
from clothier.simulation.models import Filling, Visitor
from clothier.simulation.shelf import Shelf
from clothier.simulation.shopping import lines, visits
from clothier.simulation.stages.goods import fill_catalogue, stock_stores
from clothier.simulation.stages.history import Shopping, tell
from clothier.simulation.stages.people import know, register
from clothier.simulation.stages.places import hire, keep_open, open_stores
from clothier.simulation.tastes import Wardrobe

SEED = 2071
CUSTOMERS = 5_000
# How long the shops have lived when the demo opens, and how many came to the flagship in the busiest.
LIVED, BUSIEST = timedelta(hours=3), 12.0
# What is told while filling: the stage's name in the reader's language, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the demo database holds. `fresh` is False when an earlier fill had finished already."""

    seed: int
    customers: int
    stores: int
    fresh: bool


def filled() -> Filled | None:
    """The finished fill of this database, if there is one."""
    done = Filling.objects.filter(finished_at__isnull=False).first()
    return Filled(done.seed, done.customers, done.stores, fresh=False) if done else None


def begun() -> bool:
    """Whether this database is the demo's, filled to the end or not: its accounts are in it."""
    return Filling.objects.exists()


def fill(
    *,
    customers: int = CUSTOMERS,
    seed: int = SEED,
    stores: int = 6,
    styles: int = goods.ALL,
    busiest: float = BUSIEST,
    progress: Progress = lambda *_: None,
) -> Filled:
    """Fill an empty database with the demo chain: stores, staff, goods, customers and eighteen months of shopping.

    `busiest` visitors came to the flagship in the busiest of the last three hours, through the real verbs; 0 for none.
    Filled already, it does nothing; interrupted, it continues with what it began. Raises Refused in production mode
    and on a database that holds a real shop.
    """
    if settings.PRODUCTION:
        raise Refused(_("生产模式下不能填充示例数据。"))
    if done := filled():
        return done
    plan = _begun(customers, seed, stores, styles)
    _run(plan, busiest, progress)
    Filling.objects.filter(pk=plan.pk).update(finished_at=clock.now())
    return Filled(plan.seed, plan.customers, plan.stores, fresh=True)


def _begun(customers: int, seed: int, stores: int, styles: int) -> Filling:
    if begun := Filling.objects.first():
        return begun
    if stores_for(SYSTEM).exists():
        raise Refused(_("这个数据库已有门店，不能填充示例数据。"))
    today = clock.now().astimezone(chain.SHANGHAI).date()
    return Filling.objects.create(
        customers=customers, seed=seed, stores=stores, styles=styles, day=today, started_at=clock.now()
    )


def _run(plan: Filling, busiest: float, progress: Progress) -> None:
    progress(_("门店和员工"), 0, 1)
    with clock.simulated(clock.now() - timedelta(days=1)):
        keep_open()  # Yesterday, so that it holds for the hours the shops have lived already.
    places = open_stores(limit=plan.stores)
    sellers = hire(seed=plan.seed, places=places, today=plan.day)
    weather.write(Path(settings.HOME) / "weather.json", seed=plan.seed, start=plan.day - timedelta(days=30))
    progress(_("商品和库存"), 0, 1)
    styles = goods.styles(seed=plan.seed, today=plan.day, limit=plan.styles)
    fill_catalogue(styles)
    stock_stores(seed=plan.seed, places=places)
    _fill_customers(plan, styles, [place.id for place in places.values()], sellers, progress)
    progress(_("今天到店"), 0, 1)
    _live_until_now(plan, busiest)


def _fill_customers(
    plan: Filling, styles: list[StyleFacts], stores: list[int], sellers: list[list[int]], progress: Progress
) -> None:
    first_day = plan.day - timedelta(days=DAYS)
    first = datetime.combine(first_day, time(0), chain.SHANGHAI)
    people = crowd(
        seed=plan.seed, customers=plan.customers, store_weights=list(chain.footfall().values())[: len(stores)]
    )
    customers = register(people, stores=stores, first_day=first_day, told=_telling(progress, _("顾客"), plan))
    seen = visits(seed=plan.seed, people=people, first_day=first_day)
    bought = lines(seed=plan.seed, people=people, seen=seen, styles=styles, first_day=first_day)
    shelf = Shelf.of(styles)
    stay = stream(plan.seed, "stays").integers(4, 55, len(seen.customer)) * 60
    shopping = Shopping(seen, bought, stay, shelf, customers, stores, sellers, first)
    tell(shopping, start=plan.shopped, told=_telling(progress, _("购买记录"), plan, "shopped"))
    know(
        people,
        seed=plan.seed,
        customers=customers,
        wardrobe=Wardrobe.of(seen=seen, lines=bought, shelf=shelf, customers=len(customers), first=first),
        first=first,
        today=plan.day,
        start=plan.known,
        told=_telling(progress, _("尺码和喜好"), plan, "known"),
    )


def _live_until_now(plan: Filling, busiest: float) -> None:
    """The last hours through the real verbs, so that the board has something to tell; told once, like all the rest."""
    if Visitor.objects.exists():
        return
    now = clock.now()
    with clock.simulated(now - LIVED) as time:
        play(time=time, until=now, busiest=busiest, seed=plan.seed, finish=False)


def _telling(progress: Progress, stage: str, plan: Filling, column: str = "") -> Callable[[int], None]:
    """Tell the caller how far a stage is, and remember it in the stage's own transaction."""

    def tell_on(done: int) -> None:
        if column:
            Filling.objects.filter(pk=plan.pk).update(**{column: done})
        progress(stage, done, plan.customers)

    return tell_on
