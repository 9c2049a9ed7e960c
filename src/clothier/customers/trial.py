"""A made-up population with known double registrations, to measure by how many the linkage finds and how often it errs.

Second records go wrong as they do at a till: a homophone for a character, the name in pinyin, one digit of the phone
mistyped or an older phone given, fields left empty, another store. Some of the others are relatives on one phone.
"""

import random
from dataclasses import dataclass, replace

from clothier.customers.linkage import Candidate, likely_pairs
from clothier.customers.rules.names import keys

FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建红春梅晓雪梦琪嘉怡子涵浩宇欣妍雨桐思远诺佳慧志"
HOMOPHONES = {
    "晓": "小",
    "芳": "方",
    "伟": "玮",
    "静": "婧",
    "梅": "玫",
    "杰": "洁",
    "琪": "琦",
    "妍": "研",
    "欣": "心",
}
STORES = 12
KIN = 0.06
"""The share who registered with a relative's phone: the pairs a careless linkage takes for one person."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a trial went. Precision: the share of proposed pairs that are one person; recall: of those there are."""

    records: int
    duplicates: int
    proposed: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.duplicates if self.duplicates else 1.0


def trial(*, people: int = 5_000, twice: float = 0.15, seed: int = 1, threshold: float = 0.9) -> Outcome:
    """Make a population of which a share is registered twice, and see what the linkage makes of it."""
    chance = random.Random(seed)  # noqa: S311 - a population, not a secret
    records: list[Candidate] = []
    for number in range(people):
        kin = records[-1] if records and chance.random() < KIN else None
        records.append(_person(number, chance, kin))
    seconds = [(one.id, _again(one, people + n, chance)) for n, one in enumerate(records) if chance.random() < twice]
    truth = {(first, second.id) for first, second in seconds}
    found = likely_pairs([*records, *(second for _, second in seconds)], threshold=threshold)
    right = sum((pair.a, pair.b) in truth for pair in found)
    return Outcome(people + len(seconds), len(truth), len(found), right)


def _person(number: int, chance: random.Random, kin: Candidate | None) -> Candidate:
    """Somebody new; `kin` is a relative who registered with the same phone in the same store."""
    family = (kin.name or "")[:1] if kin else chance.choice(FAMILY)
    name = family + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    phone = f"1{chance.randrange(3 * 10**9, 10**10):010d}"
    return _named(
        Candidate(
            id=number,
            name=None,
            pinyin=None,
            phone=kin.phone if kin else phone if chance.random() < 0.95 else None,
            email=f"user{number}@example.com" if chance.random() < 0.3 else None,
            birthday=f"{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}" if chance.random() < 0.6 else None,
            title=chance.choice(("ms", "ms", "mr")),
            store=kin.store if kin else str(chance.randrange(STORES)),
        ),
        name,
    )


def _again(one: Candidate, number: int, chance: random.Random) -> Candidate:
    name, phone = one.name or "", one.phone
    slip = chance.random()
    if slip < 0.15:
        name = "".join(HOMOPHONES.get(character, character) for character in name)
    elif slip < 0.22:
        name = (one.pinyin or "").capitalize()
    elif slip < 0.28:
        name = name[:-1] + chance.choice(GIVEN)
    turn = chance.random()
    if phone and turn < 0.12:
        place = chance.randrange(2, 11)
        phone = phone[:place] + str((int(phone[place]) + chance.randrange(1, 10)) % 10) + phone[place + 1 :]
    elif turn < 0.25:
        phone = f"1{chance.randrange(3 * 10**9, 10**10):010d}"
    return _named(
        replace(
            one,
            id=number,
            phone=phone if chance.random() < 0.9 else None,
            email=one.email if chance.random() < 0.6 else None,
            birthday=one.birthday if chance.random() < 0.7 else None,
            store=one.store if chance.random() < 0.5 else str(chance.randrange(STORES)),
        ),
        name,
    )


def _named(record: Candidate, name: str) -> Candidate:
    reading = (keys(name).pinyin_1 or b"").decode()
    return replace(record, name=name, pinyin=reading, tail=record.phone[-4:] if record.phone else None)
