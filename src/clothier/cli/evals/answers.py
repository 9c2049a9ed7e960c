"""How well the library answers: our own questions against the shipped articles, and public pairs of questions.

`questions.yaml` was used to develop and to fit; `kept_back.yaml` was written afterwards and nothing is fitted on it.
"""

import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from clothier.cli.evals.pairs import same_meaning
from clothier.knowledge.services import shipped
from clothier.language.contracts import Entry, Ranking, Verdict
from clothier.language.services import Index

PARTS = {"developed with": "questions", "kept back": "kept_back"}
NONE = "none"


class Asked(NamedTuple):
    """A question, the article that answers it (or none), what the index said, and its processor time in ms."""

    text: str
    key: str
    ranking: Ranking
    spent: float


def answers(data: Path) -> list[dict[str, Any]]:
    """Figures of the library, then of the pairs that lie under `data`."""
    index = Index.build(entries())
    index.ask("请问怎么退货")
    own = [figure for part, name in PARTS.items() for figure in _figures(part, _ask(index, questions(name)))]
    return own + same_meaning(data)


def entries() -> list[Entry]:
    """The shipped articles as the index takes them."""
    return [
        Entry(key, facts.question, (facts.question_en, *facts.variants), facts.answer)
        for key, facts in shipped().items()
    ]


def questions(name: str) -> list[tuple[str, str]]:
    """(question, key of its article) of a file beside this one."""
    text = (files("clothier.cli.evals") / f"{name}.yaml").read_text("utf-8")
    return [(question, key) for key, asked in yaml.safe_load(text).items() for question in asked]


def _ask(index: Index, asked: Sequence[tuple[str, str]]) -> list[Asked]:
    found = []
    for text, key in asked:
        started = time.process_time()
        ranking = index.ask(text)
        found.append(Asked(text, key, ranking, (time.process_time() - started) * 1000))
    return found


def _figures(part: str, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    answerable = [one for one in asked if one.key != NONE]
    hopeless = [one for one in asked if one.key == NONE]
    outright = [one for one in answerable if one.ranking.verdict is Verdict.SURE]
    spent = sorted(one.spent for one in asked)
    rows = [
        ("answerable", len(answerable), "questions"),
        ("top 1", _share(_within(one, 1) for one in answerable), ""),
        ("top 3", _share(_within(one, 3) for one in answerable), ""),
        ("answered outright", len(outright) / len(answerable), ""),
        ("right when answered outright", _share(_within(one, 1) for one in outright), ""),
        ("answerable but declined", _share(one.ranking.verdict is Verdict.NONE for one in answerable), ""),
        ("unanswerable", len(hopeless), "questions"),
        ("unanswerable declined", _share(one.ranking.verdict is Verdict.NONE for one in hopeless), ""),
        ("unanswerable answered outright", _share(one.ranking.verdict is Verdict.SURE for one in hopeless), ""),
        ("answer p95, processor time", round(spent[int(0.95 * len(spent))], 1), "ms"),
    ]
    return [{"name": f"{part}: {name}", "value": round(value, 3), "unit": unit} for name, value, unit in rows]


def _within(one: Asked, first: int) -> bool:
    return one.key in [candidate.key for candidate in one.ranking.candidates[:first]]


def _share(yes: Any) -> float:
    found = list(yes)
    return sum(found) / len(found) if found else 0.0
