"""What a shop's corrections and its customers' clicks are worth: half of the mistakes are taught, the rest asked again.

Questions are dealt out in turn, each article's own alternately, so that what is taught and what is asked again are
different questions of the same matters. What is taught becomes a variant, as `knowledge.services.learn` makes it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from clothier.language.contracts import Entry, Ranking, Verdict
from clothier.language.services import Index

SHOWN = 4  # candidates that a customer may click

Pairs = Sequence[tuple[str, str]]


def replay(index: Index, entries: Sequence[Entry], asked: Pairs) -> list[dict[str, Any]]:
    """First answers right and answers outright on the half that was not taught: before, after clicks, after marks."""
    ordered = sorted(asked, key=lambda pair: pair[1])
    taught, rest = ordered[::2], ordered[1::2]
    wrong = [(text, key, index.ask(text)) for text, key in taught]
    clicked = [(text, key) for text, key, one in wrong if one.verdict is Verdict.CANDIDATES and _shown(one, key)]
    marked = [(text, key) for text, key, one in wrong if not _right(one, key)]
    rows = [
        ("questions taught from", len(taught)),
        ("clicks on what was offered", len(clicked)),
        ("answers marked false", len(marked)),
        *_rows("before", index, rest),
    ]
    told = _taught(entries, clicked)
    rows += _rows("after the clicks", Index.build(told), rest)
    after = Index.build(_taught(told, [pair for pair in marked if pair not in clicked]))
    rows += _rows("after clicks and marks", after, rest)
    again = [after.ask(text) for text, _key in marked]
    kept = sum(_right(one, key) for one, (_text, key) in zip(again, marked, strict=True))
    rows.append(("marked questions asked again: right", kept / len(marked) if marked else 1.0))
    return [{"name": f"learning: {name}", "value": round(value, 3), "unit": ""} for name, value in rows]


def _rows(when: str, index: Index, asked: Pairs) -> list[tuple[str, float]]:
    told = [(index.ask(text), key) for text, key in asked]
    outright = [_right(one, key) for one, key in told if one.verdict is Verdict.SURE]
    return [
        (f"the other half {when}: top 1", sum(_right(one, key) for one, key in told) / len(told)),
        (f"the other half {when}: answered outright", len(outright) / len(told)),
        (f"the other half {when}: of those right", sum(outright) / len(outright)),
    ]


def _right(one: Ranking, key: str) -> bool:
    return one.candidates[0].key in key.split("|")


def _shown(one: Ranking, key: str) -> bool:
    return any(candidate.key in key.split("|") for candidate in one.candidates[:SHOWN])


def _taught(entries: Sequence[Entry], lessons: Pairs) -> list[Entry]:
    more: dict[str, list[str]] = {}
    for text, key in lessons:
        more.setdefault(key.split("|")[0], []).append(text)
    return [replace(one, variants=(*one.variants, *more.get(one.key, ()))) for one in entries]
