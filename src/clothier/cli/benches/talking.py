"""The inbox of a busy chain: its drawers, a conversation, a new message, and finding what was said a year ago."""

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from clothier.cli.benches.measuring import Figure, percentiles, recorded, replay, timed
from clothier.conversations import services
from clothier.conversations.contracts import Author, Box, PastLine, PastTalk
from clothier.conversations.history import load_talks
from clothier.conversations.selectors import inbox_for, messages, search, thread_for
from clothier.kernel import clock
from clothier.kernel.access import SYSTEM
from clothier.kernel.columns import read
from clothier.staff.selectors import desk_store

ROUNDS = 40
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
    """`load` messages, fifty to a conversation. Filling and receiving in CPU time."""
    filled = _fill(load)
    page = inbox_for(SYSTEM, Box.CLOSED)
    thread, cursor = page[0].id, page[-1].cursor
    return [
        *filled,
        *percentiles("drawer of fifty, first page", lambda: inbox_for(SYSTEM, Box.CLOSED)),
        *percentiles("drawer of fifty, next page", lambda: inbox_for(SYSTEM, Box.CLOSED, before=cursor)),
        *percentiles("a conversation, its last fifty", lambda: (thread_for(SYSTEM, thread), messages(thread))),
        *_received(),
        *_searched(),
    ]


def _fill(load: int) -> list[Figure]:
    there = read("SELECT coalesce(max(id), 0) FROM conversations_message")[0][0]
    if there >= load:
        return []
    rng, desk = np.random.default_rng(7), desk_store()
    silent = "NOT EXISTS (SELECT 1 FROM conversations_thread t WHERE t.customer_id = c.id)"
    people = [pk for (pk,) in read(f"SELECT c.id FROM customers_customer c WHERE {silent} ORDER BY c.id")]  # noqa: S608
    each = max((load - there) // max(len(people), 1), 1)
    began = time.process_time()
    # At once, as only a first history is indexed while it is loaded.
    told = load_talks([_talk(pk, desk, each, rng) for pk in people])
    return [Figure("messages loaded", told / (time.process_time() - began), "messages/s")]


def _talk(customer: int, desk: int | None, lines: int, rng: np.random.Generator) -> PastTalk:
    end = int(clock.now().timestamp()) - int(rng.integers(3600, 365 * 86_400))
    return PastTalk(
        customer=customer,
        store=desk,
        channel="web",
        address=f"bench-{customer}",
        topic="order",
        lines=[
            PastLine(Author.BOT if n % 2 else Author.CUSTOMER, _said(rng), end - (lines - n) * 90) for n in range(lines)
        ],
    )


def _said(rng: np.random.Generator) -> str:
    pieces = [parts[int(rng.integers(len(parts)))] for parts in (_WHO, _WHAT, _MATTER, _HOW)]
    return "，".join(part for part in pieces if part)


def _received() -> Iterator[Figure]:
    """A stranger asks for a person: stored, given to an agent or put into the queue. Beside it the very statements."""

    def ask(number: int) -> None:
        sender = f"bench-new-{time.time_ns()}-{number}"
        said = services.receive(channel="web", sender=sender, text="你好，退货运费谁出？", external_id=sender)
        services.hand_over(thread=said.contact.thread_id, reason="asked")

    ask(0)
    with recorded() as queries:
        ask(1)
    times = sorted(_cpu(partial(ask, number)) for number in range(2, ROUNDS + 2))
    floor = sorted(timed(lambda: replay(queries)) for _round in range(ROUNDS))
    place = int(ROUNDS * 0.95)
    yield Figure("new message stored and assigned p50", times[ROUNDS // 2] * 1000, "ms", floor[ROUNDS // 2] * 1000)
    yield Figure("new message stored and assigned p95", times[place] * 1000, "ms", floor[place] * 1000)


def _searched() -> Iterator[Figure]:
    while services.index_due():
        pass
    for question in _QUESTIONS:
        yield percentiles(f"search {question}", partial(search, SYSTEM, question), rounds=20)[1]


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
