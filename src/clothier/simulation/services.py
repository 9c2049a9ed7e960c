"""Filling an empty database with the demo chain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for
from clothier.simulation import chain, goods, weather
from clothier.simulation.models import Filling
from clothier.simulation.stages.goods import fill_catalogue, stock_stores
from clothier.simulation.stages.places import hire, open_stores

SEED = 2071
CUSTOMERS = 5_000
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
    *, customers: int = CUSTOMERS, seed: int = SEED, stores: int = 6, progress: Progress = lambda *_: None
) -> Filled:
    """Fill an empty database with the demo chain: stores, staff, goods, customers and eighteen months of shopping.

    Filled already, it does nothing; interrupted, it continues with what it began. Raises Refused in production mode
    and on a database that holds a real shop.
    """
    if settings.PRODUCTION:
        raise Refused(_("生产模式下不能填充示例数据。"))
    if done := filled():
        return done
    plan = _begun(customers, seed, stores)
    _run(plan, progress)
    Filling.objects.filter(pk=plan.pk).update(finished_at=clock.now())
    return Filled(plan.seed, plan.customers, plan.stores, fresh=True)


def _begun(customers: int, seed: int, stores: int) -> Filling:
    if begun := Filling.objects.first():
        return begun
    if stores_for(SYSTEM).exists():
        raise Refused(_("这个数据库已有门店，不能填充示例数据。"))
    today = clock.now().astimezone(chain.SHANGHAI).date()
    return Filling.objects.create(customers=customers, seed=seed, stores=stores, day=today, started_at=clock.now())


def _run(plan: Filling, progress: Progress) -> None:
    today = plan.day
    progress(_("门店和员工"), 0, 1)
    places = open_stores(limit=plan.stores)
    hire(seed=plan.seed, places=places, today=today)
    weather.write(Path(settings.HOME) / "weather.json", seed=plan.seed, start=today - timedelta(days=30))
    progress(_("商品和库存"), 0, 1)
    styles = goods.styles(seed=plan.seed, today=today)
    fill_catalogue(styles)
    stock_stores(seed=plan.seed, places=places)
