"""Filling an empty database with the demo chain."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers.selectors import segments_for
from clothier.customers.services import save_segment
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.kernel.filling import hurry, take_stock
from clothier.loyalty.services import count_programme
from clothier.payments.selectors import largest
from clothier.payments.services import weigh
from clothier.places.selectors import stores_for
from clothier.rewards.services import count_fairness
from clothier.simulation import chain, goods, weather
from clothier.simulation.aside import indexes_last, make_whole, put_tables_back, set_tables_aside
from clothier.simulation.assortment import Assortment, Shelf
from clothier.simulation.contracts import Filled
from clothier.simulation.crowd import DAYS
from clothier.simulation.days import play
from clothier.simulation.lore.coupons import open_waves
from clothier.simulation.lore.library import stock_library
from clothier.simulation.lore.rewards import offer
from clothier.simulation.models import Filling, Visitor
from clothier.simulation.selectors import filled
from clothier.simulation.shopping import habit, usual_orders
from clothier.simulation.stages import bookings, cases, conversations, floor, history, settlement
from clothier.simulation.stages.goods import fill_catalogue, stock_stores
from clothier.simulation.stages.places import hire, keep_open, open_stores
from clothier.simulation.world import World, midnight

__all__ = ["fill", "indexes_last"]

SEED = 2071
CUSTOMERS = 5_000
# How long the shops have lived when the demo opens, and how many came to the flagship in the busiest.
LIVED, BUSIEST = timedelta(hours=3), 12.0
# What is told while filling: the stage's name in the reader's language, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


def fill(
    *,
    customers: int = CUSTOMERS,
    orders: int | None = None,
    seed: int = SEED,
    stores: int | None = None,
    styles: int = goods.ALL,
    busiest: float = BUSIEST,
    progress: Progress = lambda *_: None,
) -> Filled:
    """Fill an empty database with the demo chain: stores, staff, goods, customers and eighteen months of shopping.

    About so many `orders` are placed, as many as such customers usually place when none are named; so many `stores`
    there are, as fit the customers when none are. `busiest` visitors came to the flagship in the busiest of the last
    three hours, through the real verbs; 0 for none. Filled already, it brings back
    the indexes that a killed `indexes_last` left aside, if any, and does nothing else; interrupted, it continues with
    what it began. Raises Refused in production mode and on a database that holds a real shop.
    """
    if settings.PRODUCTION:
        raise Refused(_("生产模式下不能填充示例数据。"))
    if done := filled():
        make_whole()
        return done
    orders = usual_orders(seed=seed, customers=customers) if orders is None else orders
    plan = _begun(customers, orders, seed, chain.stores_for(customers) if stores is None else stores, styles)
    with hurry():
        _run(plan, busiest, progress)
    progress(_("今天到店"), 0, 1)
    _live_until_now(plan, busiest)
    for payment in largest(since=clock.now() - timedelta(days=35), limit=30):
        weigh(payment=payment)
    Filling.objects.filter(pk=plan.pk).update(finished_at=clock.now())
    return Filled(plan.seed, plan.customers, plan.orders, plan.stores, fresh=True)


def _begun(customers: int, orders: int, seed: int, stores: int, styles: int) -> Filling:
    if begun := Filling.objects.first():
        return begun
    if stores_for(SYSTEM).exists():
        raise Refused(_("这个数据库已有门店，不能填充示例数据。"))
    now = clock.now()
    return Filling.objects.create(
        customers=customers,
        orders=orders,
        seed=seed,
        stores=stores,
        styles=styles,
        day=now.astimezone(chain.SHANGHAI).date(),
        started_at=now,
    )


def _run(plan: Filling, busiest: float, progress: Progress) -> None:
    progress(_("门店和员工"), 0, 1)
    with clock.simulated(clock.now() - timedelta(days=floor.DAYS + 1)):
        keep_open()  # So early that it holds for all the days the shops have lived already.
    places = open_stores(limit=plan.stores)
    crew = hire(seed=plan.seed, places=places, today=plan.day)
    weather.write(Path(settings.HOME) / "weather.json", seed=plan.seed, start=plan.day - timedelta(days=30))
    progress(_("商品和库存"), 0, 1)
    styles = goods.styles(seed=plan.seed, today=plan.day, limit=plan.styles)
    fill_catalogue(styles)
    stock_stores(seed=plan.seed, places=places)
    first_day = plan.day - timedelta(days=DAYS)
    offer(at=clock.now() - timedelta(days=5))
    stock_library(at=clock.now() - timedelta(days=21))
    world = World(
        seed=plan.seed,
        today=plan.day,
        first_day=first_day,
        start=midnight(first_day),
        now=int(clock.now().timestamp()),
        goods=Assortment.of(styles, seed=plan.seed, first_day=first_day),
        shelf=Shelf.of(styles),
        habit=habit(seed=plan.seed, orders_each=plan.orders / plan.customers),
        stores=np.array([place.id for place in places.values()]),
        weights=list(chain.footfall().values())[: plan.stores],
        sellers=crew["associate"],
        greeters=crew["greeter"],
        waves=open_waves(segment=_regulars(), now=int(clock.now().timestamp()), people=plan.customers),
    )
    _tell(plan, world, busiest, progress)


def _regulars() -> int:
    """The segment that coupons went to: whoever bought twice."""
    name = "常来的顾客"
    known = {segment.name: segment.pk for segment, *_rest in segments_for(SYSTEM)}
    return known.get(name) or save_segment(name=name, condition={"kind": "figure", "figure": "orders", "least": 2})


def _tell(plan: Filling, world: World, busiest: float, progress: Progress) -> None:
    """The history, with what slows it down set aside; what is not told in one go is told in the next."""

    def told(done: int) -> None:
        Filling.objects.filter(pk=plan.pk).update(told=done)
        progress(_("顾客和购买记录"), done, plan.customers)

    if not plan.told:
        set_tables_aside(history.TABLES)
    tags = history.save_tags()
    history.save_member_day(world)
    history.tell(world, customers=plan.customers, start=plan.told, tags=tags, told=told)
    _tell_floor(plan, world, busiest, progress)
    put_tables_back(lambda done, of: progress(_("索引"), done, of))
    bookings.tell(world)
    conversations.tell(world)
    with transaction.atomic():
        cases.tell(world)
    take_stock()
    count_programme()
    count_fairness()
    progress(_("日结和对账"), 0, 1)
    with transaction.atomic():
        settlement.tell(today=plan.day, seed=plan.seed)


def _tell_floor(plan: Filling, world: World, busiest: float, progress: Progress) -> None:
    """The last weeks on the floor, up to the hours that are lived."""

    def told(days: int) -> None:
        Filling.objects.filter(pk=plan.pk).update(days=days)
        progress(_("门店里的日子"), days, floor.DAYS + 1)

    if busiest:
        until = int((clock.now() - LIVED).timestamp())
        floor.tell(
            world, floor.survey(world, busiest=busiest, orders=plan.orders), start=plan.days, until=until, told=told
        )


def _live_until_now(plan: Filling, busiest: float) -> None:
    """The last hours through the real verbs, so that the board has something to tell; told once, like all the rest."""
    if Visitor.objects.exists():
        return
    now = clock.now()
    with clock.simulated(now - LIVED) as time:
        play(time=time, until=now, busiest=busiest, seed=plan.seed, finish=False)
