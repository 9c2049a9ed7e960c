"""What customers wrote in the last weeks, who answered and how soon; and who waits for an answer this moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import numpy as np

from clothier.checkout.selectors import buyers_at
from clothier.conversations import services
from clothier.conversations.contracts import Author, PastLine, PastTalk
from clothier.conversations.history import load_talks
from clothier.conversations.selectors import any_thread
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM, Role
from clothier.places.selectors import store_names
from clothier.simulation.chain import SHANGHAI
from clothier.simulation.contents import load
from clothier.simulation.draws import pick, stream
from clothier.simulation.world import World
from clothier.staff.selectors import desk_store, employees_for

# Of those who bought of late one in so many wrote, within so many days.
EVERY, DAYS, LATELY, MOST = 5, 21, timedelta(days=120), 6_000
# Most first answers come within the promised minute; one in ten does not.
_FIRST, _LATE = (12, 55), (70, 400)
_CHANNELS = ("web", "web", "wechat", "wechat", "web", "sms", "email")
_SIZES, _DAYS = ("S", "M", "L", "XL"), ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_AUTHORS = {"c": Author.CUSTOMER, "b": Author.BOT, "a": Author.AGENT}


def tell(world: World) -> None:
    """Told once: conversations that are there stay."""
    if any_thread():
        return
    rng, desk, content = stream(world.seed, "conversations"), desk_store(), load("conversations")
    agents = [one.pk for one in employees_for(SYSTEM).filter(role=Role.AGENT).order_by("pk")]
    known = list(buyers_at(None, clock.now() - LATELY, clock.now(), limit=MOST))
    if not agents or not known:
        return
    writers = [int(pk) for pk in rng.permutation(known)[: max(len(known) // EVERY, 1)]]
    stores = list(store_names(world.stores.tolist()).values())
    talks = [_talk(world, one, desk, agents, stores, content["talks"], rng) for one in writers]
    load_talks(talks, witnessed=True)
    waiting = [pk for pk in known if pk not in set(writers)]
    for (channel, text, reason), customer in zip(content["open"], waiting, strict=False):
        _write(channel, text, reason, customer)


def _write(channel: str, text: str, reason: str, customer: int) -> None:
    sender = f"demo-open-{customer}"
    said = services.receive(channel=channel, sender=sender, text=text, external_id=sender, customer=customer)
    if reason:
        services.hand_over(thread=said.contact.thread_id, reason=reason)


def _talk(
    world: World,
    customer: int,
    desk: int | None,
    agents: list[int],
    stores: list[str],
    talks: Any,
    rng: np.random.Generator,
) -> PastTalk:
    talk, channel = pick(rng, talks), pick(rng, _CHANNELS)
    said = list(_lines(talk, _words(world, stores, rng), _begins(world, rng), rng))
    handed = next((at for kind, _text, at in said if kind == "h"), 0)
    return PastTalk(
        customer=customer,
        store=desk,
        channel=channel,
        address=f"demo-{channel}-{customer}",
        topic=talk["topic"],
        lines=[PastLine(_AUTHORS[kind], text, at) for kind, text, at in said if kind != "h"],
        handed_at=handed,
        reason=next((text for kind, text, _at in said if kind == "h"), ""),
        employee=int(pick(rng, agents)) if handed else None,
    )


def _begins(world: World, rng: np.random.Generator) -> int:
    """In the hours of service, on one of the last days but today."""
    day = world.today - timedelta(days=int(rng.integers(1, DAYS + 1)))
    midnight = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
    return int(midnight.timestamp()) + int(rng.integers(9 * 3600 + 600, 21 * 3600))


def _lines(talk: Any, words: dict[str, str], at: int, rng: np.random.Generator) -> Iterator[tuple[str, str, int]]:
    asked = False
    for kind, text in talk["lines"]:
        if kind == "h":
            asked, at = True, at + 1
        elif kind == "b":
            at += 2
        elif asked and kind == "a":
            at += int(rng.integers(*(_LATE if rng.random() < 0.1 else _FIRST)))
            asked = False
        else:
            at += int(rng.integers(15, 150))
        yield kind, text.format(**words), at


def _words(world: World, stores: list[str], rng: np.random.Generator) -> dict[str, str]:
    sku = int(rng.integers(len(world.shelf.names)))
    colour = load("colours")[world.shelf.colours[int(world.shelf.colour[sku])]][0]
    return {
        "goods": world.shelf.names[sku],
        "colour": colour,
        "size": pick(rng, _SIZES),
        "store": pick(rng, stores),
        "n": f"{int(rng.integers(10_000)):04d}",
        "day": pick(rng, _DAYS),
    }
