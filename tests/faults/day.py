"""What happens in the shop while it is being hurt: tills, doors, bells and associates, each in a thread of its own.

Every fact is true and allowed; so whatever is refused, lost or counted twice is a fault of ours.
"""

import json
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from random import Random
from typing import Any

from tests.faults.calling import GaveUp, Ledger, Machine, OutOfDate, Phone
from tests.faults.prepare import PASSWORD


class Day:
    """One run's traffic; `stop` ends it once what has been begun is acknowledged."""

    def __init__(self, port: int, seed: int, place: dict[str, Any]) -> None:
        self.port, self.seed, self.place = port, seed, place
        self.ledger, self.stop = Ledger(), threading.Event()
        self.failures: list[str] = []
        self._unseen = iter(place["customers"])
        self._lock = threading.Lock()

    def threads(self) -> list[threading.Thread]:
        """Two tills, a door, and every associate."""
        lives: list[tuple[str, Callable[[str, Random], None]]] = [("till-1", self._till), ("till-2", self._till)]
        lives += [("door", self._door), *((name, self._associate) for name in self.place["people"])]
        lives += [(f"cash-{name}", self._cashier) for name in self.place["people"]]
        return [threading.Thread(target=self._live, args=life, name=life[0]) for life in lives]

    def _live(self, name: str, life: Callable[[str, Random], None]) -> None:
        try:
            life(name, Random(f"{self.seed}:{name}"))
        except Exception as error:
            self.failures.append(f"{name}: {type(error).__name__}: {error}")
            self.stop.set()

    def _somebody(self) -> int | None:
        """A customer who has not come in yet: nobody is in two places at once. None when all have been."""
        with self._lock:
            return next(self._unseen, None)

    def _machine(self, draw: Random) -> Machine:
        return Machine(self.port, self.ledger, draw, self.place["key"])

    def _till(self, name: str, draw: Random) -> None:
        """Streams of sales and arrivals; the last stream is told once more with the next, as after a cut."""
        machine, number, before = self._machine(draw), count(1), list[dict[str, Any]]()
        while not self.stop.wait(draw.uniform(0.0, 0.2)):
            lines = [self._line(f"{name}-{next(number)}", draw) for _ in range(draw.randint(1, 40))]
            again = before if draw.random() < 0.2 else []
            body = "\n".join(json.dumps(line) for line in [*again, *lines]) + "\n"
            told = machine.tell("events", body.encode())
            if told["rejected"] or told["accepted"] + told["repeated"] != len(lines) + len(again):
                raise AssertionError(f"{len(lines)} + {len(again)} lines became {told}")
            for line in lines:
                self._note_line(line)
            before = lines

    def _line(self, key: str, draw: Random) -> dict[str, Any]:
        line: dict[str, Any] = {"key": key, "store": draw.choice(sorted(self.place["stores"]))}
        if draw.random() < 0.3:
            customer = self._somebody() if draw.random() < 0.5 else None
            return {**line, "type": "arrival", "customer": customer}
        buyer = draw.choice([None, *self.place["customers"][:50]])
        codes = draw.choices(sorted(self.place["skus"]), k=draw.randint(1, 3))
        goods = [
            {"code": code, "quantity": draw.randint(1, 3), "total_fen": draw.randint(1, 9) * 100} for code in codes
        ]
        return {**line, "type": "sale", "customer": buyer, "lines": goods}

    def _note_line(self, line: dict[str, Any]) -> None:
        store, customer = self.place["stores"][line["store"]], line["customer"]
        if line["type"] == "arrival":
            self.ledger.note("visit.arrived", f"api:{self.place['key_id']}:{line['key']}")
            self._came(customer)
            return
        fen = sum(one["total_fen"] for one in line["lines"])
        self.ledger.sold(line["key"], fen)
        for one in line["lines"]:
            self.ledger.count("sold", f"{store}:{self.place['skus'][one['code']]}", one["quantity"])
        if customer:
            self.ledger.count("orders", customer)
            self.ledger.count("spend_fen", customer, fen)

    def _came(self, customer: int | None) -> None:
        if customer:
            self.ledger.count("visits", customer)

    def _tell(self, machine: Machine, type_: str, path: str, fact: dict[str, Any], key: str) -> int:
        """A machine's single fact; the number of what it made."""
        made: int = machine.tell(path, fact, key=key)["id"]
        self.ledger.note(type_, f"api:{self.place['key_id']}:{sha256(key.encode()).hexdigest()[:40]}")
        return made

    def _arrival(self, machine: Machine, store: str, customer: int | None, key: str) -> int:
        fact = {"store": store, "customer": customer, "via": "check_in"}
        visit = self._tell(machine, "visit.arrived", "arrivals", fact, key)
        self._came(customer)
        return visit

    def _door(self, name: str, draw: Random) -> None:
        """Arrivals one by one, with the steps a machine may tell, and calls from a fitting room."""
        machine = self._machine(draw)
        for number in count(1):
            if self.stop.wait(draw.uniform(0.0, 0.2)):
                return
            store, key = draw.choice(sorted(self.place["stores"])), f"{name}-{number}"
            visit = self._arrival(machine, store, self._somebody(), key)
            steps = f"visits/{visit}/steps"
            for step in draw.choice([["greeted"], ["greeted", "approached"], ["stopped"]]):
                self._tell(machine, f"visit.{step}", steps, {"step": step}, f"{key}-{step}")
            stay = {"zone": self.place["zones"][store], "dwell_seconds": draw.randint(1, 600)}
            self._tell(machine, "visit.zone_entered", f"visits/{visit}/stays", stay, f"{key}-stay")
            bell = {"store": store, "source": "fitting_room", "visit": visit}
            self._tell(machine, "bell.rung", "bells", bell, f"{key}-bell")
            self._tell(machine, "visit.left", steps, {"step": "left", "outcome": "left"}, f"{key}-left")
            # Who is gone needs nobody.
            self.ledger.note("bell.cancelled")

    def _associate(self, name: str, draw: Random) -> None:
        """Somebody comes in by the machine at the door; the associate serves them by taps, some of them told late."""
        machine, me = self._machine(draw), self.place["people"][name]
        phone = Phone(self.port, self.ledger, draw, name, PASSWORD)
        phone.sign_in()
        for number in count(1):
            if self.stop.wait(draw.uniform(0.0, 0.3)):
                return
            customer = self._somebody()
            visit = self._arrival(machine, me["store"], customer, f"{name}-{number}")
            for step, fields in self._service(draw, customer):
                key = f"{name}-{number}-{step}"
                late = timedelta(seconds=draw.choice([0, 0, 0, 5]))
                said = {"key": key, "occurred_at": (datetime.now(UTC) - late).isoformat(), **fields}
                phone.tap(f"/floor/visits/{visit}/{step}/", **said)
                self.ledger.note(_EVENTS[step], f"floor:{me['employee']}:{key}")
                if customer and step in _COUNTED:
                    self.ledger.count(_COUNTED[step], customer)
            # The fitting still open ends with the visit.
            self.ledger.note("fitting.closed")

    def _cashier(self, name: str, draw: Random) -> None:
        """Sales rung up at the counter: scanned, now and then a member's points, confirmed, paid in cash."""
        who = name.removeprefix("cash-")
        phone = Phone(self.port, self.ledger, draw, who, PASSWORD)
        phone.sign_in()
        for number in count(1):
            if self.stop.wait(draw.uniform(0.0, 0.5)):
                return
            self._rings_up(phone, draw, f"{name}-{number}", self.place["people"][who]["store"])

    def _rings_up(self, phone: Phone, draw: Random, key: str, store: str) -> None:
        code, pieces = draw.choice(sorted(self.place["skus"])), draw.randint(1, 2)
        cart = phone.tap("/till/carts/", key=f"{key}-open", code=code)
        for more in range(1, pieces):
            phone.tap(f"{cart}lines/", key=f"{key}-line-{more}", code=code)
        member = draw.choice([None, *sorted(self.place["members"])])
        points = draw.choice([0, 100, 200]) if member else 0
        if member:
            phone.tap(f"{cart}member/", key=f"{key}-member", code=member)
            phone.tap(f"{cart}points/", key=f"{key}-points", points=str(points))
        fen = self._paid(phone, cart, key)
        # What points paid is revenue too: a hundred of them are worth a yuan.
        self.ledger.sold(f"T{int(cart.rstrip('/').rpartition('/')[2]):08d}", fen + points)
        store_id = self.place["stores"][store]
        self.ledger.count("cash", store_id, fen)
        self.ledger.count("sold", f"{store_id}:{self.place['skus'][code]}", pieces)
        if member:
            customer = self.place["members"][member]
            self.ledger.count("orders", customer)
            self.ledger.count("spend_fen", customer, fen + points)
            self.ledger.count("points", customer, points)

    def _paid(self, phone: Phone, cart: str, key: str) -> int:
        """What the customer said yes to and paid. A member who reaches a tier at the other till is asked once more."""
        for attempt in range(3):
            try:
                for what in ("goods", "discounts", "amount"):
                    fen = int(_FEN.findall(phone.read(cart))[-1])
                    phone.tap(f"{cart}confirmation/", key=f"{key}-{what}-{attempt}", what=what, fen=str(fen))
                phone.tap(f"{cart}cash/", key=f"{key}-cash-{attempt}", tendered=str(-(-fen // 100)))
            except OutOfDate:
                continue
            return fen
        raise GaveUp(f"{cart}: the price changed again and again")

    def _service(self, draw: Random, customer: int | None) -> list[tuple[str, dict[str, str]]]:
        steps: list[tuple[str, dict[str, str]]] = [("greeting", {}), ("approach", {}), ("aid", {"kind": "bags"})]
        steps += [("fittings", {}), ("departure", {"outcome": "left"})]
        if customer:
            steps.insert(-1, ("note", {"need": f"大衣 {draw.randint(1, 99)}"}))
        return steps


_EVENTS = {
    "greeting": "visit.greeted",
    "approach": "visit.approached",
    "aid": "visit.aid_offered",
    "fittings": "fitting.opened",
    "departure": "visit.left",
    "note": "note.written",
}
# The sum on the button that confirms it.
_FEN = re.compile(r'name="fen" value="(\d+)"')
_COUNTED = {"fittings": "fittings", "note": "notes"}
