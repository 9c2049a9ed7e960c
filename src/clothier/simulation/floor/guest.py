"""One simulated visitor, from the door to the note afterwards, through the real verbs.

Each chapter is a generator: it acts, and yields how many seconds pass before it acts again. When a real person takes
the visit over, the visitor is theirs: the simulation lets go of it.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
from django.db import transaction

from clothier.checkout.contracts import LineFacts
from clothier.checkout.services import record_sale
from clothier.customers.services import write_note
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.rewards.selectors import open_box
from clothier.rewards.services import draw
from clothier.simulation.contents import load
from clothier.simulation.draws import pick
from clothier.simulation.floor.habits import Habits
from clothier.simulation.floor.shop import Piece, Shop
from clothier.simulation.presence import came, touched, went
from clothier.visits import services as visits

OCCASIONS = ("commute", "business", "everyday", "date", "wedding", "party", "travel", "gift", "looking")
MISFITS = (("too_small", "shoulders"), ("too_large", "waist"), ("colour", ""), ("cut", "length"), ("price", ""))
Seconds = Iterator[float]


class LetGo(Exception):
    """The visit is no longer the simulation's: a person has it, or it is over."""


class Guest:
    def __init__(self, shop: Shop, rng: np.random.Generator, habits: Callable[[], Habits]) -> None:
        self.shop, self.rng, self._habits = shop, rng, habits
        self.visit = 0
        self.customer: int | None = None
        self.associate: int | None = None
        self.proposed: list[Piece] = []
        self.kept: list[Piece] = []

    @property
    def habits(self) -> Habits:
        """Asked anew each time: a real colleague may have signed in meanwhile."""
        return self._habits()

    def life(self) -> Seconds:
        try:
            self._comes_in()
            yield from self._is_greeted()
            yield from self._looks_around()
            if self.rng.random() > self.habits.only_looking:
                yield from self._is_served()
                yield from self._tries_on()
                yield from self._pays()
            yield from self._leaves()
            yield from self._is_remembered()
        except LetGo:
            went(self.visit)

    def _comes_in(self) -> None:
        greeter = self.shop.on_duty("greeter", self.rng)
        if greeter is None:
            raise LetGo
        known = self.shop.members and self.rng.random() < self.habits.member
        self.customer = int(pick(self.rng, self.shop.members)) if known else None
        party = 1 + int(self.rng.random() < 0.3) + int(self.rng.random() < 0.1)
        before = clock.now()
        with transaction.atomic():
            arrived = visits.arrive(
                store=self.shop.id,
                via="member_code" if known else "greeter",
                customer=self.customer,
                party_size=party,
                actor=None if known else greeter,
            )
            # A member who is here already was let in by somebody else.
            if arrived.arrived_at < before or not came(arrived.pk):
                raise LetGo
        self.visit = arrived.pk

    def _is_greeted(self) -> Seconds:
        yield self.habits.greet.draw(self.rng)
        if self.rng.random() > self.habits.never_greeted:
            self._do(visits.greet, visit=self.visit, actor=self.shop.on_duty("greeter", self.rng))

    def _looks_around(self) -> Seconds:
        yield self.habits.browse.draw(self.rng)
        if self.rng.random() < self.habits.aid:
            kind = pick(self.rng, ("bags", "children", "elderly"))
            self._do(visits.offer_aid, visit=self.visit, actor=self.shop.on_duty("greeter", self.rng), kind=kind)

    def _is_served(self) -> Seconds:
        goods = self.shop.zones.get("goods", [])
        self._do(visits.stop, visit=self.visit, zone=int(pick(self.rng, goods)) if goods else None)
        yield self.habits.approach.draw(self.rng)
        self.associate = self.shop.on_duty("associate", self.rng)
        self._do(visits.approach, visit=self.visit, actor=self.associate)
        yield self.habits.understand.draw(self.rng)
        self.proposed = self.shop.pieces(self.rng, int(self.rng.integers(2, 5)))
        category = self.proposed[0].category if self.proposed else ""
        occasion = pick(self.rng, OCCASIONS)
        self._do(visits.record_need, visit=self.visit, actor=self.associate, occasion=occasion, category=category)
        yield self.habits.propose.draw(self.rng)
        if self.proposed:
            styles = [piece.style for piece in self.proposed]
            self._do(visits.propose, visit=self.visit, actor=self.associate, style_ids=styles)

    def _tries_on(self) -> Seconds:
        if not self.proposed or self.rng.random() > self.habits.fits:
            self.kept = self.proposed[:1] if self.rng.random() < self.habits.buys_untried else []
            return
        yield self.habits.farewell.draw(self.rng)
        fitting = self._fitting()
        chosen = self.proposed[: int(self.rng.integers(1, 4))]
        for piece in chosen:
            self._do(visits.bring_item, fitting=fitting, sku=piece.sku, actor=self.associate)
        for piece in chosen:
            yield self.habits.try_on.draw(self.rng)
            yield from self._rings(fitting, piece)
            outcome, reason = ("kept", "") if self.rng.random() < self.habits.keeps else pick(self.rng, MISFITS)
            self._do(
                visits.try_item, fitting=fitting, sku=piece.sku, outcome=outcome, reason=reason, actor=self.associate
            )
            self.kept += [piece] if outcome == "kept" else []
        rating = int(self.rng.integers(3, 6)) if self.rng.random() < self.habits.rates else None
        self._do(visits.close_fitting, fitting=fitting, actor=self.associate, rating=rating)

    def _fitting(self) -> int:
        """A fitting in a free room, or without one when all are taken."""
        for room in [*self.rng.permutation(self.shop.rooms).tolist(), None]:
            self._check()
            try:
                return visits.open_fitting(visit=self.visit, actor=self.associate, room=room).pk
            except Refused:
                continue
        raise LetGo

    def _rings(self, fitting: int, piece: Piece) -> Seconds:
        if self.rng.random() > self.habits.rings:
            return
        self._check()
        wish = pick(self.rng, ("smaller", "larger", "colour", ""))
        bell = visits.ring_bell(
            store=self.shop.id,
            source="fitting_room",
            zone=next(iter(self.shop.zones.get("fitting", [])), None),
            visit=self.visit,
            wish=wish,
            sku=piece.sku if wish else None,
        )
        yield self.habits.answer.draw(self.rng)
        try:
            visits.answer_bell(bell=bell.pk, actor=self.associate or 0)
        except Refused:
            return  # A real colleague was quicker; the visitor goes on as before.

    def _pays(self) -> Seconds:
        if not self.kept:
            return
        yield self.habits.pay.draw(self.rng)
        self._check()
        record_sale(
            source="pos",
            number=f"V{self.visit:09d}",
            lines=[
                LineFacts(p.code, 1, p.price_fen, p.price_fen, p.name, sku=p.sku, cost_fen=p.cost_fen)
                for p in self.kept
            ],
            store=self.shop.id,
            customer=self.customer,
            actor=self.shop.on_duty("cashier", self.rng),
            visit=self.visit,
        )

    def _leaves(self) -> Seconds:
        yield self.habits.farewell.draw(self.rng)
        outcome = "bought" if self.kept else "left"
        who = self.associate or self.shop.on_duty("greeter", self.rng)
        self._do(visits.leave, visit=self.visit, outcome=outcome, actor=who)
        self._draws(bought=bool(self.kept), actor=who)
        went(self.visit)

    def _draws(self, *, bought: bool, actor: int | None) -> None:
        """Two of three take the blind box that is held out to them, where one is open."""
        box = open_box(self.shop.id, bought=bought) if self.visit % 3 else None
        if box is not None:
            choice = 1 + self.visit % 6
            with suppress(Refused):
                draw(
                    box=box.pk,
                    visit=self.visit,
                    choice=choice,
                    store=self.shop.id,
                    customer=self.customer,
                    actor=actor,
                )

    def _is_remembered(self) -> Seconds:
        """The service record, for who is known and was served; a few are forgotten."""
        if self.customer is None or self.associate is None or self.rng.random() < self.habits.no_note:
            return
        yield self.habits.note.draw(self.rng)
        needs, fits = load("people")["needs"], load("people")["fits"]
        answers = {"need": pick(self.rng, needs), "liked": self.proposed[0].name if self.proposed else ""}
        answers["disliked"] = pick(self.rng, fits) if self.rng.random() < 0.4 else ""
        write_note(
            customer_id=self.customer,
            template="visit",
            answers=answers,
            visit_id=self.visit,
            store=self.shop.id,
            actor=self.associate,
            acknowledged=True,
        )

    def _do(self, verb: Callable[..., Any], **facts: Any) -> None:
        """Act, unless a person has the visit or has just been quicker."""
        self._check()
        try:
            verb(**facts)
        except Refused:
            raise LetGo from None

    def _check(self) -> None:
        if touched(self.visit, self.shop.humans):
            raise LetGo
