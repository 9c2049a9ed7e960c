"""Cases of the past as arrays: a demo's history, a chain that moves in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from clothier.cases.contracts import NoteKind, State
from clothier.cases.events import (
    CaseCauseSet,
    CaseClosed,
    CaseDone,
    CaseOpened,
    CaseRated,
    CaseReplySent,
    CaseResultConfirmed,
    CaseSolutionOffered,
)
from clothier.cases.models import Case, CaseNote, Rating
from clothier.eventlog.contracts import Event, History
from clothier.eventlog.history import record_history
from clothier.kernel.columns import NEVER, Columns, Every, Ints, claim, insert
from clothier.kernel.vault import FreshKey, fresh_keys

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Case, CaseNote, Rating)


@dataclass(frozen=True, slots=True)
class PastCases:
    """Cases as arrays; moments are seconds since 1970, NEVER for what did not happen. Each step that did came after
    the one before: answered, offered a solution, done, confirmed by the customer, closed.

    `causes` were found when it was done, "" for none; `customers` and `owners` may be None; `styles` 0 where no goods
    are concerned; `scores` 0 where nobody gave one.
    """

    kinds: Sequence[str]
    topics: Sequence[str]
    severities: Sequence[str]
    origins: Sequence[str]
    causes: Sequence[str]
    stores: Ints
    customers: Sequence[int | None]
    owners: Sequence[int | None]
    styles: Ints
    texts: Sequence[str]
    replies: Sequence[str]
    solutions: Sequence[str]
    opened: Ints
    answered: Ints
    offered: Ints
    done: Ints
    confirmed: Ints
    closed: Ints
    scores: Ints


@transaction.atomic
def load_cases(past: PastCases) -> range:
    """What the verbs would have left, for whoever has the tables to himself; their ids. Not idempotent.

    Their clocks ran and ended before anybody here was told of them: the past makes no promises.
    """
    count = len(past.opened)
    ids, keys = claim(Case, count), fresh_keys(count)
    _rows(past, ids, keys)
    for kind, texts, moments, ours in (
        (NoteKind.OPENING, past.texts, past.opened, False),
        (NoteKind.REPLY, past.replies, past.answered, True),
        (NoteKind.SOLUTION, past.solutions, past.offered, True),
    ):
        _notes(past, ids, keys, kind, texts, moments, ours=ours)
    _ratings(past, ids)
    _tell(past, ids)
    return ids


def _rows(past: PastCases, ids: range, keys: Sequence[FreshKey]) -> None:
    happened = [moments != NEVER for moments in (past.closed, past.confirmed, past.done)]
    states = np.select(happened, [State.CLOSED, State.CONFIRMED, State.SOLVED], State.OPEN)
    steps = np.stack([past.opened, past.answered, past.offered, past.done, past.confirmed, past.closed])
    told: Columns = {
        "id": ids,
        "kind": past.kinds,
        "topic": past.topics,
        "severity": past.severities,
        "complex": Every(value=False),
        "state": states.tolist(),
        "waiting_for": Every(""),
        "holder": Every(""),
        "owner_id": past.owners,
        "cause": past.causes,
        "offered": (past.offered != NEVER).tolist(),
        "round": Every(1),
        "origin": past.origins,
        "store_id": past.stores,
        "customer_id": past.customers,
        "style_id": [style or None for style in past.styles.tolist()],
        "key": [key.wrapped for key in keys],
        "sealed": [key.seal(text) for key, text in zip(keys, past.texts, strict=True)],
        "card": Every(1),
        "opened_at": past.opened,
        "opened_by": past.owners,
        "changed_at": np.where(steps == NEVER, 0, steps).max(axis=0),
        "closed_at": past.closed,
    }
    insert(Case, told, count=len(ids))


def _notes(
    past: PastCases, ids: range, keys: Sequence[FreshKey], kind: NoteKind, texts: Sequence[str], moments: Ints, *,
    ours: bool,
) -> None:  # fmt: skip
    rows = np.flatnonzero(moments != NEVER).tolist()
    told: Columns = {
        "case_id": [ids[row] for row in rows],
        "kind": Every(kind.value),
        "channel": Every(""),
        "author_id": [past.owners[row] for row in rows] if ours else Every(None),
        "sealed": [keys[row].seal(texts[row]) for row in rows],
        "at": moments[rows],
    }
    insert(CaseNote, told, count=len(rows))


def _ratings(past: PastCases, ids: range) -> None:
    rows = np.flatnonzero(past.scores)
    told: Columns = {
        "case_id": rows + ids.start,
        "score": past.scores[rows],
        "sealed": Every(""),
        "at": past.confirmed[rows],
    }
    insert(Rating, told, count=len(rows))


def _tell(past: PastCases, ids: range) -> None:
    marks = zip(past.kinds, past.topics, past.severities, past.origins, past.owners, strict=True)
    opened = [
        f'{{"kind": "{kind}", "topic": "{topic}", "severity": "{severity}", "origin": "{origin}"'
        + (f', "owner_id": {owner}}}' if owner else "}")
        for kind, topic, severity, origin, owner in marks
    ]
    how = np.where(past.confirmed != NEVER, "confirmed", "done")
    record_history(
        _history(CaseOpened, past, ids, past.opened, opened),
        _history(CaseReplySent, past, ids, past.answered, ['{"author": "human"}'] * len(ids)),
        _history(CaseSolutionOffered, past, ids, past.offered, ['{"role": "agent"}'] * len(ids)),
        _history(
            CaseCauseSet, past, ids, np.where(np.array(past.causes) != "", past.done, NEVER),
            [f'{{"cause": "{cause}"}}' for cause in past.causes],
        ),
        _history(CaseDone, past, ids, past.done, ["{}"] * len(ids)),
        _history(CaseResultConfirmed, past, ids, past.confirmed, ["{}"] * len(ids)),
        _history(
            CaseRated, past, ids, np.where(past.scores > 0, past.confirmed, NEVER),
            [f'{{"score": {score}}}' for score in past.scores.tolist()],
        ),
        _history(CaseClosed, past, ids, past.closed, [f'{{"how": "{one}"}}' for one in how.tolist()]),
    )  # fmt: skip


def _history(event: type[Event], past: PastCases, ids: range, moments: Ints, payloads: Sequence[str]) -> History:
    """What happened to those to whom it did."""
    rows = np.flatnonzero(moments != NEVER)
    some = rows.tolist()
    return History(
        event, "case", rows + ids.start, [past.customers[row] for row in some], past.stores[rows], moments[rows],
        [payloads[row] for row in some], [past.owners[row] for row in some],
    )  # fmt: skip
