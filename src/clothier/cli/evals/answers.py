"""How well the library answers: our own questions against the shipped articles, public pairs, this shop's own marks.

`questions.yaml` was used to develop and to fit; nothing is fitted on the other files (see the head of each).
"""

import time
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from clothier.cli.evals.learning import replay
from clothier.cli.evals.pairs import same_meaning
from clothier.cli.evals.shop import lessons_kept
from clothier.knowledge.services import shipped
from clothier.language.contracts import Entry, Ranking, Verdict
from clothier.language.services import Index

PARTS = {
    "developed with": "questions",
    "kept back": "kept_back",
    "as customers write": "held_out",
    "fresh": "fresh",
    "last": "last",
    "newest": "newest",
    "unseen": "unseen",
}
NONE = "none"


class Asked(NamedTuple):
    """A message, the articles that are right for each of its matters (none: no matter), and what the index said.

    `spent`: processor time in ms.
    """

    text: str
    right: tuple[frozenset[str], ...]
    heard: tuple[Ranking, ...]
    spent: float

    @property
    def told(self) -> list[str]:
        """What is answered outright."""
        return [one.candidates[0].key for one in self.heard if one.verdict is Verdict.SURE]

    @property
    def declined(self) -> bool:
        return self.heard[0].verdict is Verdict.NONE

    def within(self, first: int) -> bool:
        """Whether what is right is among the first so many of what may be meant."""
        return any(candidate.key in self.right[0] for one in self.heard for candidate in one.candidates[:first])


def answers(data: Path) -> list[dict[str, Any]]:
    """Figures of the library, of what marks and clicks would teach it, of this shop's marks, and of the pairs."""
    index = Index.build(entries())
    index.ask("请问怎么退货")
    parts = {part: _ask(index, questions(name)) for part, name in PARTS.items()}
    unseen = [one for part, asked in parts.items() if part != "developed with" for one in asked]
    own = [
        figure
        for part, asked in {**parts, "all not developed with": unseen}.items()
        for figure in _figures(part, asked)
    ]
    every = [one for name in PARTS.values() for one in questions(name) if one[1] != NONE and "+" not in one[1]]
    return own + replay(index, entries(), every) + lessons_kept() + same_meaning(data)


def entries() -> list[Entry]:
    """The shipped articles as the index takes them."""
    return [
        Entry(key, facts.question, (facts.question_en, *facts.variants), facts.answer)
        for key, facts in shipped().items()
    ]


def questions(name: str) -> list[tuple[str, str]]:
    """(question, key of its article) of a file beside this one; `a+b` for two matters, `a|b` where either is right."""
    text = (files("clothier.cli.evals") / f"{name}.yaml").read_text("utf-8")
    return [(question, key) for key, asked in yaml.safe_load(text).items() for question in asked]


def _ask(index: Index, asked: Sequence[tuple[str, str]]) -> list[Asked]:
    found = []
    for text, key in asked:
        started = time.process_time()
        heard = index.hear(text)
        spent = (time.process_time() - started) * 1000
        right = () if key == NONE else tuple(frozenset(one.split("|")) for one in key.split("+"))
        found.append(Asked(text, right, heard, spent))
    return found


def _figures(part: str, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    single = [one for one in asked if len(one.right) == 1]
    double = [one for one in asked if len(one.right) > 1]
    hopeless = [one for one in asked if not one.right]
    outright = [one for one in single if one.told]
    right = [one for one in outright if one.right[0] & set(one.told)]
    spent = sorted(one.spent for one in asked)
    rows = [
        ("answerable", len(single), "questions"),
        ("top 1", _share(one.within(1) for one in single), ""),
        ("top 3", _share(one.within(3) for one in single), ""),
        ("answered outright", len(outright) / len(single), ""),
        ("right when answered outright", len(right) / len(outright), ""),
        ("the same, unanswerable ones told anything counted as wrong", len(right) / _told(single, hopeless), ""),
        ("answered on a second matter nobody asked", _share(len(one.told) > 1 for one in single), ""),
        ("answerable but declined", _share(one.declined for one in single), ""),
        ("unanswerable", len(hopeless), "questions"),
        ("unanswerable declined", _share(one.declined for one in hopeless), ""),
        ("unanswerable answered outright", _share(bool(one.told) for one in hopeless), ""),
        ("answer p50, processor time", round(spent[len(spent) // 2], 1), "ms"),
        ("answer p95, processor time", round(spent[int(0.95 * len(spent))], 1), "ms"),
    ]
    if double:
        rows += [
            ("two matters in one message", len(double), "messages"),
            ("both answered outright", _share(all(keys & set(one.told) for keys in one.right) for one in double), ""),
        ]
    return [{"name": f"{part}: {name}", "value": round(value, 3), "unit": unit} for name, value, unit in rows]


def _told(*parts: Sequence[Asked]) -> int:
    return sum(bool(one.told) for part in parts for one in part)


def _share(yes: Iterable[bool]) -> float:
    found = list(yes)
    return sum(found) / len(found) if found else 0.0
