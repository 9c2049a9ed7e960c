"""The inbox of a busy chain: its drawers, a conversation, a new message, and finding what was said a year ago."""

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from django.db import transaction
from django.utils.timezone import localtime

from clothier.cli.benches.measuring import Figure, percentiles, recorded, replay, timed
from clothier.conversations import services
from clothier.conversations.contracts import Author, Box, PastLine, PastTalk
from clothier.conversations.history import TABLES, load_talks
from clothier.conversations.selectors import box_counts, inbox_for, messages, search, thread_for
from clothier.eventlog.history import TABLES as ENTRIES
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM, Role, Viewer
from clothier.kernel.columns import read
from clothier.kernel.filling import take_stock
from clothier.places.selectors import stores_for
from clothier.simulation.services import indexes_last
from clothier.staff.selectors import desk_store

ROUNDS = 40
# Messages of a conversation, and conversations loaded at once.
LINES, AT_ONCE = 50, 5_000
# Strangers who ask for a person now: some are given to agents, the rest waits.
QUEUE = 300
COUNTED = (Box.MINE, Box.WAITING, Box.MENTIONS, Box.FAILED)
# What is said in a shop's chats, in pieces: some thousand different sentences.
_WHO = ("你好", "在吗", "请问", "麻烦问一下", "有人吗", "您好我想问", "昨天", "上周")
_WHAT = ("大衣", "羊毛衫", "衬衫", "牛仔裤", "羽绒服", "连衣裙", "针织开衫", "西装", "围巾", "童装外套")
_MATTER = (
    "什么时候到货",
    "可以退货吗",
    "退货运费谁出",
    "起球了怎么办",
    "能改短吗",
    "还有小码吗",
    "洗了掉色",
    "发票开错了",
)
_HOW = ("", "谢谢", "急", "在线等", "订单 K2071", "订单 K3120", "会员", "积分也没到账")
_QUESTIONS = (
    "起球",
    "退货运费",
    "货运",
    "羽绒服 掉色",
    "K2071",
    "色",
    "大衣 发票 急",
    "订单到没",
    "积分也没到账",
    "的了",
)


def inbox(load: int) -> list[Figure]:
    """`load` messages, fifty to a conversation, of customers and, when all of them have talked, of strangers.

    Asked as head office, as an agent of the desk and as a manager elsewhere. Filling and receiving in CPU time.
    """
    filled = _fill(load)
    received = list(_received())
    desk = desk_store()
    agent = Viewer(user=None, employee=_agent(), role=Role.AGENT, stores=frozenset({desk} if desk else ()))
    elsewhere = frozenset(stores_for(SYSTEM).exclude(pk=desk or 0).order_by("pk").values_list("pk", flat=True)[:1])
    manager = Viewer(user=None, employee=None, role=Role.MANAGER, stores=elsewhere)
    page = inbox_for(SYSTEM, Box.CLOSED)
    thread, cursor = page[0].id, page[-1].cursor
    return [
        *filled,
        *percentiles("drawer of fifty, first page", lambda: inbox_for(SYSTEM, Box.CLOSED)),
        *percentiles("drawer of fifty, next page", lambda: inbox_for(SYSTEM, Box.CLOSED, before=cursor)),
        *percentiles("an agent's own", lambda: inbox_for(agent, Box.MINE)),
        *percentiles("an agent's queue", lambda: inbox_for(agent, Box.WAITING)),
        *percentiles("the team's", lambda: inbox_for(agent, Box.TEAM)),
        *percentiles("what did not arrive", lambda: inbox_for(agent, Box.FAILED)),
        *percentiles("the counts of an agent's drawers", lambda: box_counts(agent, COUNTED, most=100)),
        *percentiles("what is over, one store", lambda: inbox_for(manager, Box.CLOSED)),
        *percentiles("a conversation, its last fifty", lambda: (thread_for(SYSTEM, thread), messages(thread))),
        *received,
        *_searched(),
    ]


def _fill(load: int) -> list[Figure]:
    """As many messages as wanted, once; their indexes come back after them. Killed, it goes on where it was."""
    there = read("SELECT coalesce(max(id), 0) FROM conversations_message")[0][0]
    if there >= load * 9 // 10:
        return []
    began = time.process_time()
    with indexes_last((*ENTRIES, *TABLES)):
        told = sum(map(_load, _talks(there, load)))
    take_stock()
    return [Figure("messages loaded", told / (time.process_time() - began), "messages/s")]


def _load(past: list[PastTalk]) -> int:
    with transaction.atomic():
        return load_talks(past)


def _talks(there: int, wanted: int) -> Iterator[list[PastTalk]]:
    rng, desk = np.random.default_rng(7), desk_store()
    stores = [desk] * 8 + list(stores_for(SYSTEM).order_by("pk").values_list("pk", flat=True)[:20])
    silent = "NOT EXISTS (SELECT 1 FROM conversations_thread t WHERE t.customer_id = c.id)"
    people = iter(read(f"SELECT c.id FROM customers_customer c WHERE {silent} ORDER BY c.id"))  # noqa: S608
    # A fill that goes on names nobody as the one before it: what is there is fifty times what that has named.
    end = there - (there - wanted) // LINES
    for first in range(there, end, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, end))
        yield [_talk(number, next(people, (None,))[0], stores[number % len(stores)], rng) for number in numbers]


def _talk(number: int, customer: int | None, store: int | None, rng: np.random.Generator) -> PastTalk:
    end = int(clock.now().timestamp()) - int(rng.integers(3600, 365 * 86_400))
    pieces = rng.integers(0, 1 << 30, LINES).tolist()
    return PastTalk(
        customer=customer,
        store=store,
        channel="web",
        address=f"bench-{number}",
        topic="order",
        lines=[
            PastLine(Author.BOT if n % 2 else Author.CUSTOMER, _said(piece), end - (LINES - n) * 90)
            for n, piece in enumerate(pieces)
        ],
    )


def _said(piece: int) -> str:
    said = []
    for parts in (_WHO, _WHAT, _MATTER, _HOW):
        piece, place = divmod(piece, len(parts))
        said.append(parts[place])
    return "，".join(part for part in said if part)


def _agent() -> int | None:
    """Somebody at the desk, with conversations of their own where anybody has."""
    held = read("SELECT employee_id FROM conversations_thread WHERE state = 'held' ORDER BY last_at DESC LIMIT 1")
    agents = read("SELECT id FROM staff_employee WHERE role = 'agent' ORDER BY id LIMIT 1")
    return next((pk for (pk,) in [*held, *agents]), None)


def _received() -> Iterator[Figure]:
    """A stranger asks for a person: stored, given to an agent or put into the queue. Beside it what was read for it."""

    def ask(number: int) -> None:
        sender = f"bench-new-{time.time_ns()}-{number}"
        said = services.receive(channel="web", sender=sender, text="你好，退货运费谁出？", external_id=sender)
        services.hand_over(thread=said.contact.thread_id, reason="asked")

    # In the afternoon, when agents are at their desks.
    with clock.simulated(localtime(clock.now()).replace(hour=15)):
        ask(0)
        with recorded() as queries:
            ask(1)
        times = sorted(_cpu(partial(ask, number)) for number in range(2, QUEUE + 2))
    floor = sorted(timed(lambda: replay(queries)) for _round in range(ROUNDS))
    middle, late = QUEUE // 2, int(QUEUE * 0.95)
    yield Figure("new message stored and assigned p50", times[middle] * 1000, "ms", floor[ROUNDS // 2] * 1000)
    yield Figure("new message stored and assigned p95", times[late] * 1000, "ms", floor[int(ROUNDS * 0.95)] * 1000)


def _searched() -> Iterator[Figure]:
    while services.index_due():
        pass
    for question in _QUESTIONS:
        yield percentiles(f"search {question}", partial(search, SYSTEM, question), rounds=20)[1]


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
