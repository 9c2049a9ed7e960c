"""What conversations do when something happens elsewhere: people become one or several, or are forgotten."""

from collections.abc import Sequence

from clothier.conversations.services.erasing import forget
from clothier.conversations.services.threads import regroup
from clothier.eventlog.contracts import Happening, inline


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
