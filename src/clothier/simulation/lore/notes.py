"""What colleagues wrote after visits, in their own words."""

import numpy as np

from clothier.customers.contracts import PastNotes
from clothier.simulation.contents import load
from clothier.simulation.draws import pick, stream
from clothier.simulation.world import Stretch, World

TEMPLATE = "visit"
# Of a hundred visits of known customers so many left a record behind, and of the fields this share is filled in.
WRITTEN, FILLED = 0.09, 0.4
_OCCASIONS = ("上班", "日常", "日常", "宴会", "旅行", "送礼")
_AFTER = (120, 900)


def notes(drawn: Stretch, world: World, *, visit_ids: range) -> PastNotes:
    """Service records of some visits, oldest first, each by somebody of that store, minutes after the visit."""
    rng, seen = stream(world.seed, "notes", drawn.people.first), drawn.seen
    moments = drawn.left + rng.integers(*_AFTER, len(drawn.left))
    chosen = np.flatnonzero((rng.random(len(drawn.left)) < WRITTEN) & (moments < world.now))
    lines = np.searchsorted(drawn.bought.visit, chosen)
    answers = [
        _bought(rng, drawn, world, line) if bought else _alone(rng)
        for line, bought in zip(lines.tolist(), seen.bought[chosen].tolist(), strict=True)
    ]
    return PastNotes(
        template=TEMPLATE,
        people=seen.customer[chosen].tolist(),
        answers=answers,
        visits=[visit_ids[visit] for visit in chosen.tolist()],
        stores=world.stores[seen.store[chosen]],
        authors=world.seller(seen.store[chosen], chosen),
        moments=moments[chosen],
    )


def _bought(rng: np.random.Generator, drawn: Stretch, world: World, line: int) -> dict[str, str]:
    sku = int(drawn.sku[line])
    colour = load("colours")[world.shelf.colours[int(world.shelf.colour[sku])]][0]
    words = load("people")["note"]
    liked = pick(rng, words["liked"]).format(goods=world.shelf.names[sku], colour=colour)
    return {"need": pick(rng, load("people")["needs"]), "liked": liked} | _more(rng)


def _alone(rng: np.random.Generator) -> dict[str, str]:
    content = load("people")
    needs = content["note"]["alone"] if rng.random() < 0.6 else content["needs"]
    return {"need": pick(rng, needs)} | _more(rng)


def _more(rng: np.random.Generator) -> dict[str, str]:
    content = load("people")
    lots = rng.random(4)
    more = {
        "occasion": pick(rng, _OCCASIONS),
        "disliked": pick(rng, [*content["fits"], *content["note"]["disliked"]]),
        "promised": pick(rng, content["note"]["promised"]),
        "next_step": pick(rng, content["note"]["next_step"]),
    }
    return {key: text for (key, text), lot in zip(more.items(), lots, strict=True) if lot < FILLED}
