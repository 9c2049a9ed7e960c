#!/usr/bin/env python3
"""Fits data/judgement.yaml of the language package: how sure to be of an answer.

Questions are the shipped articles' own variants and what is asked elsewhere, each fifth left out of the index in turn,
and the questions that the engine was developed with. Those without an answer, and the rest with their article taken
away, teach when to decline.
Prints the file; nothing of public data goes into it.
"""

import os
from collections.abc import Iterator

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clothier.config.settings")
django.setup()

from clothier.cli.evals.answers import NONE, entries, questions  # noqa: E402
from clothier.cli.evals.pairs import fit  # noqa: E402
from clothier.language.contracts import Entry  # noqa: E402
from clothier.language.retrieval.concepts import plain  # noqa: E402
from clothier.language.retrieval.index import Index, _elsewhere, _group  # noqa: E402
from clothier.language.retrieval.judging import fused, signs  # noqa: E402
from clothier.language.retrieval.views import Group, Views  # noqa: E402

FOLDS = 5
Row = tuple[np.ndarray, float, float]


def rows(index: Index, known: list[str], asked: list[tuple[str, str]]) -> Iterator[Row]:
    """(signs of the first, whether it is right, whether anything answers) of each question."""
    for text, key in asked:
        seen = index._views.see(plain(text))
        scores = fused(seen)
        first = int(np.argmax(scores[: len(known)]))
        yield signs(seen, scores, len(known), first), float(known[first] == key), float(key != NONE)


def left_out() -> Iterator[Row]:
    for fold in range(FOLDS):
        kept = [
            Entry(
                one.key, one.question, tuple(v for at, v in enumerate(one.variants) if at % FOLDS != fold), one.answer
            )
            for one in entries()
        ]
        asked = [(form, one.key) for one in entries() for form in one.variants[fold::FOLDS]]
        yield from rows(Index.build(kept), [one.key for one in kept], asked)


def elsewhere_left_out() -> Iterator[Row]:
    groups, keys = [_group(one) for one in entries()], [one.key for one in entries()]
    for fold in range(FOLDS):
        kept = [Group(tuple(form for at, form in enumerate(one.forms) if at % FOLDS != fold)) for one in _elsewhere()]
        views = Views([*groups, *(one for one in kept if one.forms)], len(groups))
        asked = [(form, NONE) for one in _elsewhere() for form in one.forms[fold::FOLDS]]
        yield from rows(Index(tuple(keys), views), keys, asked)


def without_their_article(asked: list[tuple[str, str]]) -> Iterator[Row]:
    for half in (0, 1):
        kept = [one for at, one in enumerate(entries()) if at % 2 == half]
        keys = [one.key for one in kept]
        yield from rows(Index.build(kept), keys, [(text, NONE) for text, key in asked if key not in keys])


def main() -> None:
    asked = questions("questions")
    answerable = [one for one in asked if one[1] != NONE]
    hopeless = [one for one in asked if one[1] == NONE]
    index, keys = Index.build(entries()), [one.key for one in entries()]
    parts = [  # with how much each part weighs: for being right, for being known
        (list(left_out()), 1.0, 0.6),
        (list(rows(index, keys, answerable)), 2.0, 2.0),
        (list(rows(index, keys, hopeless)), 1.2, 2.4),
        (list(elsewhere_left_out()), 1.2, 2.4),
        (list(without_their_article(answerable)), 0.4, 0.4),
    ]
    features = np.array([[1.0, *one[0]] for part, _, _ in parts for one in part])
    for name, column, weight in (("right", 1, 1), ("known", 2, 2)):
        yes = np.array([one[column] for part, *_ in parts for one in part])
        counts = np.concatenate([np.full(len(part), weights[weight - 1] / len(part)) for part, *weights in parts])
        print(f"{name}: [{', '.join(f'{value:.2f}' for value in fit(features, yes, counts))}]")


if __name__ == "__main__":
    main()
