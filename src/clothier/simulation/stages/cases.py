"""Then what customers came back with: a year of cases that are over, and those of the last days, through the verbs."""

from datetime import timedelta
from typing import Any

import numpy as np

from clothier.cases import services
from clothier.cases.contracts import Kind
from clothier.cases.history import PastCases, load_cases
from clothier.cases.selectors import cases_for
from clothier.catalog.selectors import styles_page
from clothier.checkout.selectors import buyers_at, purchases_of
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM, Role
from clothier.kernel.columns import NEVER
from clothier.simulation.contents import load
from clothier.simulation.draws import Ints, pick, stream
from clothier.simulation.world import World
from clothier.staff.selectors import employees_for

# Days told back; cases that are over in each store that has any, those still open, and in how many stores.
BEHIND, OVER, OPEN, STORES = 360, 40, 6, 6
# Whom they are about: customers who bought in the store of late.
KNOWN, LATELY = 200, timedelta(days=120)
_HOUR, _DAY = 3_600, 86_400
_ORIGINS = ("chat", "chat", "store", "store", "phone", "member", "till", "email")


def tell(world: World) -> None:
    """Told once: cases that are there stay."""
    if cases_for(SYSTEM, states=(), limit=1).cases:
        return
    matters, styles = load("cases")["matters"], [style.pk for style in styles_page(limit=60)]
    agents = dict(employees_for(SYSTEM).filter(role=Role.AGENT).order_by("-pk").values_list("home_store_id", "pk"))
    anybody = next(iter(agents.values()), None)
    for place, store in enumerate(world.stores.tolist()[:STORES]):
        rng = stream(world.seed, "cases", place)
        known = list(buyers_at(store, clock.now() - LATELY, clock.now(), limit=KNOWN))
        if known:
            owner = agents.get(store, anybody)
            past = draw(rng, matters, count=OVER, store=store, known=known, owner=owner, styles=styles, until=world.now)
            load_cases(past)
            _lately(rng, matters, store, known, owner)


def draw(
    rng: np.random.Generator, matters: list[Any], *, count: int, store: int, known: list[int], owner: int | None,
    styles: list[int], until: int,
) -> PastCases:  # fmt: skip
    """So many cases of one store that were opened and settled within the days before a moment."""
    some = [matters[row] for row in rng.integers(0, len(matters), count).tolist()]
    opened = np.sort(until - rng.integers(30 * _DAY, BEHIND * _DAY, count))
    complaint = np.array([one["kind"] == Kind.COMPLAINT for one in some])
    answered = opened + _spread(rng, count, hours=5)
    offered = np.where(complaint, answered + _spread(rng, count, hours=14), NEVER)
    done = np.where(complaint, offered, answered) + _spread(rng, count, hours=20)
    confirmed = np.where(complaint | (rng.random(count) < 0.5), done + _spread(rng, count, hours=16), NEVER)
    closed = np.where(confirmed != NEVER, confirmed, done) + _spread(rng, count, hours=4)
    marks = np.where(complaint, rng.choice(5, count, p=(0.04, 0.06, 0.2, 0.4, 0.3)), rng.integers(3, 5, count)) + 1
    rated = (confirmed != NEVER) & (rng.random(count) < 0.6)
    goods = np.array([bool(one.get("goods")) for one in some])
    return PastCases(
        kinds=[one["kind"] for one in some],
        topics=[one["topic"] for one in some],
        severities=[one["severity"] for one in some],
        origins=[pick(rng, _ORIGINS) for _one in some],
        causes=[one["cause"] for one in some],
        stores=np.full(count, store),
        customers=[known[row] for row in rng.integers(0, len(known), count).tolist()],
        owners=[owner] * count,
        styles=np.where(goods & bool(styles), np.array(styles or [0])[rng.integers(0, max(len(styles), 1), count)], 0),
        texts=[one["text"] for one in some],
        replies=[one["reply"] for one in some],
        solutions=[one["solution"] for one in some],
        opened=opened,
        answered=answered,
        offered=offered,
        done=done,
        confirmed=confirmed,
        closed=closed,
        scores=np.where(rated, marks, 0),
    )


def _spread(rng: np.random.Generator, count: int, *, hours: int) -> Ints:
    """Most soon, some late: an exponential around so many hours, at least a minute."""
    drawn: Ints = (rng.exponential(hours * _HOUR, count)).astype(np.int64) + 60
    return drawn


def _lately(rng: np.random.Generator, matters: list[Any], store: int, known: list[int], owner: int | None) -> None:
    """Cases of the last days, as far as they have come; their clocks run."""
    for nth in range(OPEN):
        one = matters[(nth * 7 + store) % len(matters)]
        customer = int(pick(rng, known))
        at = clock.now() - timedelta(hours=float(rng.uniform(1, 60)))
        with clock.simulated(at) as time:
            case = _open(rng, one, store, customer, owner)
            _go_on(nth, one, case, owner, time)


def _open(rng: np.random.Generator, one: Any, store: int, customer: int, owner: int | None) -> int:
    order = _bought(customer) if one.get("goods") else None
    aftersales = one["kind"] in ("return", "exchange", "repair")
    return services.open_case(
        kind=one["kind"], topic=one["topic"], severity=one["severity"], text=one["text"],
        origin=str(pick(rng, _ORIGINS)), customer=customer, store=store, order=order,
        holder="shop" if aftersales else "", owner=owner, complex=one["severity"] == "serious",
    ).pk  # fmt: skip


def _bought(customer: int) -> int | None:
    """What they bought last."""
    sales = [order.pk for order, _goods in purchases_of(SYSTEM, customers=[customer], limit=3) if order.kind == "sale"]
    return next(iter(sales), None)


def _go_on(nth: int, one: Any, case: int, owner: int | None, time: clock.SimulatedClock) -> None:
    """One waits unanswered, others have a reply, a solution, wait for a vendor, or for the customer's word."""
    if owner is None or nth % OPEN == 0:
        return
    time.advance(20 * 60)
    services.reply(case=case, text=one["reply"], actor=owner)
    if nth % OPEN == 2 and one["kind"] == Kind.REPAIR:
        services.hand_over_goods(case=case, holder="vendor", vendor="衣修坊", reason=one["text"], actor=owner)
    elif nth % OPEN == 2:
        services.wait(case=case, waiting_for="customer", reason="等顾客发照片", actor=owner)
    if nth % OPEN in (3, 4):
        time.advance(15 * 60)
        services.offer_solution(case=case, text=one["solution"], actor=owner)
    if nth % OPEN == 3:
        services.compensate(case=case, form="coupon", fen=120_00, reason="让顾客多跑了一趟", actor=owner)
    if nth % OPEN == 4:
        services.done(case=case, actor=owner)
        services.ask_confirmation(case=case, channel="phone", actor=owner)
