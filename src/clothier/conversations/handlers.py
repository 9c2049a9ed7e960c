"""What conversations do when something happens: the bot takes its turn, people become one or several, or are gone."""

from collections.abc import Sequence

from clothier.conversations.bot import skills  # noqa: F401 - what the bot looks up below
from clothier.conversations.bot.turn import take_turn
from clothier.conversations.events import CustomerWrote
from clothier.conversations.services.erasing import forget
from clothier.conversations.services.threads import regroup
from clothier.eventlog.contracts import Happening, deferred, inline
from clothier.kernel import clock
from clothier.knowledge.selectors import make_ready


def read_up(entry: Happening) -> None:
    """Before anything is written: on SQLite a house that loads its library in a transaction keeps everybody waiting."""
    if not entry.payload.get("with_person"):
        make_ready(channel=entry.payload["channel"], at=clock.now())


@deferred("conversations.bot", CustomerWrote.type, past=False, before=read_up)
def answer(entry: Happening) -> None:
    """After the commit: the customer's words are stored before anybody thinks about them."""
    if not entry.payload.get("with_person"):
        take_turn(entry.payload["message_id"])


@inline("customer.linked")
def join(entries: Sequence[Happening]) -> None:
    """In the transaction of the merge, so that nobody sees one person with two conversations."""
    regroup(pk for entry in entries for pk in (entry.payload["a_id"], entry.payload["b_id"]))


@inline("customer.link_revoked")
def part(entries: Sequence[Happening]) -> None:
    regroup(pk for entry in entries for pk in (entry.payload["a_id"], entry.payload["b_id"]))


@inline("customer.erased")
def erase(entries: Sequence[Happening]) -> None:
    """In the transaction of the erasure: what was said goes with the person."""
    forget(pk for entry in entries for pk in entry.payload["record_ids"])
