"""What cases do when something happens elsewhere: angry chats, words in linked conversations, goods taken at the till,
people who are forgotten."""

from collections import defaultdict
from collections.abc import Sequence

from clothier.cases import services
from clothier.cases.services.cards import TELLING
from clothier.checkout.events import OrderExchanged, ReturnRecorded
from clothier.conversations.contracts import Reason
from clothier.conversations.events import (
    ChatIdentified,
    ChatJoined,
    ChatParted,
    CustomerWrote,
    HandedOver,
    MessageFailed,
    ReplySent,
)
from clothier.customers.events import CustomerErased
from clothier.eventlog.contracts import Happening, deferred, deferred_together, inline


@deferred("cases.anger", HandedOver.type)
def open_for_anger(entry: Happening) -> None:
    """Somebody is angry: a complaint opens by itself, and its clocks run before anybody has read a word."""
    if entry.payload["reason"] == Reason.ANGER:
        services.open_for_chat(entry)


@deferred("cases.chat", CustomerWrote.type, ReplySent.type, past=False)
def hear_chat(entry: Happening) -> None:
    """What is said in a conversation is said on the cases it is about."""
    services.hear_chat(entry)


@inline(ChatJoined.type)
def follow_joined(entries: Sequence[Happening]) -> None:
    for entry in entries:
        services.join_threads(thread=entry.payload["thread_id"], joined=entry.payload["joined_id"])


@inline(ChatParted.type)
def follow_parted(entries: Sequence[Happening]) -> None:
    for entry in entries:
        services.part_threads(thread=entry.payload["thread_id"], parted=entry.payload["parted_id"])


@inline(ChatIdentified.type)
def follow_identified(entries: Sequence[Happening]) -> None:
    """Whoever said who it is sees that customer's case beside the conversation at once."""
    for entry in entries:
        told = entry.payload
        services.identify(thread=told["thread_id"], customer=told["customer_id"], actor=entry.actor_id)


@deferred_together("cases.goods", ReturnRecorded.type, OrderExchanged.type, past=False)
def settle_goods(entries: Sequence[Happening]) -> None:
    """Goods that a case is about came back at the till: what was to be done is done. Few returns are any case's."""
    returns: defaultdict[int | None, list[int]] = defaultdict(list)
    for entry in entries:
        returns[entry.actor_id] += entry.payload.get("return_ids") or [entry.payload["order_id"]]
    for actor, orders in returns.items():
        services.settle_goods(returns=orders, actor=actor)


@deferred_together("cases.card", *TELLING, past=False)
def send_news(entries: Sequence[Happening]) -> None:
    """After the commit: the link to the service card, when there is something in it that the customer waits for."""
    for entry in entries:
        services.tell_customer(entry)


@deferred("cases.card_failed", MessageFailed.type)
def text_instead(entry: Happening) -> None:
    """What could not be brought where the customer wrote from goes to their telephone."""
    services.text_instead(entry)


@inline(CustomerErased.type)
def erase(entries: Sequence[Happening]) -> None:
    """In the transaction of the erasure: the words go with the person."""
    services.forget(pk for entry in entries for pk in entry.payload["record_ids"])
