"""Messages found by what stands in them, newest first."""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from clothier.conversations.contracts import Author, Found
from clothier.conversations.finding import folded, hashes, unpacked
from clothier.conversations.models import Message, Occurrence
from clothier.conversations.models.search import BLOCK
from clothier.conversations.rules.searching import phrases, wanted
from clothier.conversations.sealing import opened
from clothier.conversations.selectors.doors import require, sees
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared

# How many candidates are opened for one page at most: a question whose characters stand everywhere but never together
# ends there. Blocks of the index are looked at so many at a time.
CANDIDATES, CHUNK, BLOCKS = 2_000, 64, 8


def search(viewer: Viewer, question: str, *, before: int | None = None, limit: int = 20) -> list[Found]:
    """Messages of the viewer's conversations in which every phrase of the question (separated by spaces) stands as it
    is written, whatever its width or case; `before` is the last message's id. Nothing erased is found.
    """
    require(viewer)
    asked = phrases(folded(question))
    if not asked:
        return []
    marks = hashes(mark for phrase in asked for mark in wanted(phrase))
    newest = before or (Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    places = islice(_candidates(marks, newest), CANDIDATES)
    found: list[Found] = []
    while len(found) < limit and (chunk := list(islice(places, CHUNK))):
        found += _read(viewer, chunk, asked)
    return found[:limit]


def _candidates(marks: set[int], newest: int) -> Iterator[int]:
    """Numbers of messages that may hold the phrases, descending, each once: from the index, and all not in it yet."""
    fresh = Message.objects.filter(indexed=False, pk__lt=newest).order_by("-pk").values_list("pk", flat=True)
    last = 0
    for place in heapq.merge(fresh[:CANDIDATES], _indexed(marks, newest), reverse=True):
        if place != last:
            yield place
        last = place


def _indexed(marks: set[int], newest: int) -> Iterator[int]:
    import numpy as np  # Loaded only where somebody searches.

    for top in range((newest - 1) // BLOCK, -1, -BLOCKS):
        rows = Occurrence.objects.filter(mark__in=marks, block__lte=top, block__gt=top - BLOCKS)
        blocks = defaultdict(list)
        for block, places in rows.values_list("block", "places"):
            blocks[block].append(unpacked(places))
        for block in sorted(blocks, reverse=True):
            if len(blocks[block]) == len(marks):
                first, *others = sorted(blocks[block], key=len)
                for other in others:
                    first = np.intersect1d(first, other, assume_unique=True)
                held = first[::-1].astype(np.int64) + block * BLOCK
                yield from held[held < newest].tolist()


def _read(viewer: Viewer, places: list[int], asked: list[str]) -> Iterator[Found]:
    """Only what the viewer may see is opened."""
    for pk, author, at, sealed, key, thread, store, employee in _held(places=places):
        text = opened(key, sealed) if sees(viewer, store=store, employee=employee) else None
        if text is not None and all(phrase in said for said in [folded(text)] for phrase in asked):
            yield Found(pk, thread, Author(author), text, at)


@prepared
def _held(places: list[int]) -> "QuerySet[Message, Any]":
    owner = "contact__thread"
    rows = Message.objects.filter(pk__in=places).order_by("-pk")
    return rows.values_list(
        "pk", "author", "at", "sealed", "contact__key", owner, f"{owner}__store", f"{owner}__employee"
    )
