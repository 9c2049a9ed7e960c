"""Conversations of the past, thousands at a time as columns, with the events that told of them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from django.db import transaction

from clothier.conversations.contracts import Author, DispatchState, PastTalk, State
from clothier.conversations.events import ChatAssigned, ChatClosed, ChatOpened, CustomerWrote, HandedOver, ReplySent
from clothier.conversations.finding import folded, hashes, packed
from clothier.conversations.models import Contact, Dispatch, Handover, Message, Occurrence, Thread
from clothier.conversations.models.search import BLOCK
from clothier.conversations.rules.searching import marks
from clothier.conversations.sealing import address_hash
from clothier.conversations.services.indexing import add
from clothier.eventlog.contracts import Event, History
from clothier.eventlog.history import record_history
from clothier.kernel.columns import Every, Ints, insert, reserve
from clothier.kernel.vault import FreshKey, fresh_keys

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Thread, Contact, Message, Dispatch)


@transaction.atomic
def load_talks(past: Sequence[PastTalk], *, witnessed: bool = False) -> int:
    """Insert conversations that are over, of strangers and of customers who have none; they are found at once. What was
    `witnessed` has the promises of those days, kept or broken. Gives how many messages there were. For whoever has the
    tables to himself.
    """
    if not past:
        return 0
    keys = fresh_keys(len(past))
    threads, contacts = reserve(Thread, len(past)), reserve(Contact, len(past))
    total = sum(len(talk.lines) for talk in past)
    messages = np.array(reserve(Message, total), dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum([len(talk.lines) for talk in past])])
    _write_threads(past, threads, contacts, messages[starts[1:] - 1])
    _write_contacts(past, contacts, threads, keys)
    _write_messages(past, contacts, messages, keys)
    _write_handovers(past, threads, contacts)
    _index(past, messages)
    record_history(*(replace(one, witnessed=witnessed) for one in _told(past, threads, messages)))
    return total


def _write_threads(past: Sequence[PastTalk], ids: Sequence[int], contacts: Sequence[int], last_messages: Ints) -> None:
    ended = np.array([talk.lines[-1].at for talk in past], dtype=np.int64)
    insert(
        Thread,
        {
            "id": ids,
            "customer_id": [talk.customer for talk in past],
            "store_id": [talk.store for talk in past],
            "state": Every(State.CLOSED.value),
            "contact_id": contacts,
            "topic": [talk.topic for talk in past],
            "opened_at": np.array([talk.lines[0].at for talk in past], dtype=np.int64),
            "last_at": ended,
            "last_message_id": last_messages,
            "closed_at": ended,
        },
        count=len(past),
    )


def _write_contacts(
    past: Sequence[PastTalk], ids: Sequence[int], threads: Sequence[int], keys: Sequence[FreshKey]
) -> None:
    insert(
        Contact,
        {
            "id": ids,
            "thread_id": threads,
            "channel": [talk.channel for talk in past],
            "hash": [address_hash(talk.channel, talk.address) for talk in past],
            "key": [key.wrapped for key in keys],
            "sealed": [key.seal(talk.address) for key, talk in zip(keys, past, strict=True)],
            "sealed_name": Every(""),
            "customer_id": [talk.customer for talk in past],
            "heard_at": np.array([talk.lines[-1].at for talk in past], dtype=np.int64),
        },
        count=len(past),
    )


def _write_messages(past: Sequence[PastTalk], contacts: Sequence[int], ids: Ints, keys: Sequence[FreshKey]) -> None:
    rows = [(place, line) for place, talk in enumerate(past) for line in talk.lines]
    moments = np.array([line.at for _place, line in rows], dtype=np.int64)
    insert(
        Message,
        {
            "id": ids,
            "contact_id": [contacts[place] for place, _line in rows],
            "channel": [past[place].channel for place, _line in rows],
            "author": [line.author for _place, line in rows],
            "employee_id": [past[place].employee if line.author == Author.AGENT else None for place, line in rows],
            "sealed": [keys[place].seal(line.text) for place, line in rows],
            "occurred_at": moments,
            "at": moments,
            "indexed": Every(True),
        },
        count=len(rows),
    )
    ours = np.array([line.author != Author.CUSTOMER for _place, line in rows])
    insert(
        Dispatch,
        {
            "message_id": ids[ours],
            "state": Every(DispatchState.READ.value),
            "changed_at": moments[ours],
            "error": Every(""),
        },
        count=int(ours.sum()),
    )


def _write_handovers(past: Sequence[PastTalk], threads: Sequence[int], contacts: Sequence[int]) -> None:
    handed = [place for place, talk in enumerate(past) if talk.handed_at]
    insert(
        Handover,
        {
            "thread_id": [threads[place] for place in handed],
            "contact_id": [contacts[place] for place in handed],
            "reason": [past[place].reason for place in handed],
            "sealed": Every(""),
            "at": np.array([past[place].handed_at for place in handed], dtype=np.int64),
        },
        count=len(handed),
    )


def _index(past: Iterable[PastTalk], ids: Ints) -> None:
    """Every text once, however often it was said."""
    said: dict[str, list[int]] = defaultdict(list)
    numbers = iter(ids.tolist())
    for talk in past:
        for line in talk.lines:
            said[line.text].append(next(numbers))
    found: dict[tuple[int, int], list[Ints]] = defaultdict(list)
    for text, places in said.items():
        every = np.array(places, dtype=np.int64)
        blocks = {int(block): every[every // BLOCK == block] % BLOCK for block in np.unique(every // BLOCK)}
        for mark in hashes(marks(folded(text))):
            for block, held in blocks.items():
                found[mark, block].append(held)
    # Only the first block may have been begun by others: the numbers after it are all new.
    begun = int(ids[0]) // BLOCK
    add({one: np.concatenate(found.pop(one)).tolist() for one in list(found) if one[1] == begun})
    order = sorted(found)
    insert(
        Occurrence,
        {
            "mark": [mark for mark, _block in order],
            "block": [block for _mark, block in order],
            "places": [packed(np.concatenate(found[one])) for one in order],
        },
        count=len(order),
    )


def _told(past: Sequence[PastTalk], threads: Sequence[int], ids: Ints) -> list[History]:
    """What the log would hold: openings, words, hand-overs, assignments, replies and endings."""
    told: dict[type[Event], list[tuple[int, int, str]]] = defaultdict(list)
    numbers = iter(ids.tolist())
    for place, talk in enumerate(past):
        thread = threads[place]
        told[ChatOpened].append((place, talk.lines[0].at, _json(thread_id=thread, channel=talk.channel)))
        for line in talk.lines:
            about = {"thread_id": thread, "message_id": next(numbers), "channel": talk.channel}
            if line.author == Author.CUSTOMER:
                person = bool(talk.handed_at and line.at > talk.handed_at)
                told[CustomerWrote].append((place, line.at, _json(**about, with_person=person)))
            else:
                author = "human" if line.author == Author.AGENT else "bot"
                told[ReplySent].append((place, line.at, _json(**about, author=author)))
        if talk.handed_at:
            told[HandedOver].append((place, talk.handed_at, _json(thread_id=thread, reason=talk.reason)))
            given = _json(thread_id=thread, employee_id=talk.employee, how="auto")
            told[ChatAssigned].append((place, talk.handed_at, given))
        told[ChatClosed].append((place, talk.lines[-1].at + 60, _json(thread_id=thread, by="agent")))
    return [_history(event, rows, past, threads) for event, rows in told.items()]


def _history(
    event: type[Event], rows: list[tuple[int, int, str]], past: Sequence[PastTalk], threads: Sequence[int]
) -> History:
    return History(
        event=event,
        subject_kind="chat",
        subjects=[threads[place] for place, _at, _told in rows],
        customers=[past[place].customer for place, _at, _told in rows],
        stores=[past[place].store for place, _at, _told in rows],
        moments=np.array([at for _place, at, _told in rows], dtype=np.int64),
        payloads=[told for _place, _at, told in rows],
        actors=[
            past[place].employee if event is ReplySent and '"human"' in told else None for place, _at, told in rows
        ],
    )


def _json(**told: object) -> str:
    return json.dumps(told)
