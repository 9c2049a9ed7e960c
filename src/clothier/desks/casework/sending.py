"""How the service card went to the customer: when, by which way, and how far it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from clothier.conversations.selectors import DISPATCH_NAMES, journeys
from clothier.desks.inbox.words import channel_name
from clothier.eventlog.contracts import Happening

SHOWN = 3
_TONES = {"failed": "bad", "queued": "warn", "delivered": "good", "read": "good"}


@dataclass(frozen=True, slots=True)
class Sending:
    at: datetime
    channel: str
    state: Promise | str
    tone: str
    failed: bool


def sendings(entries: Sequence[Happening]) -> list[Sending]:
    """The latest first, as far as they matter to whoever looks."""
    told = [entry for entry in reversed(entries) if entry.type == "case.card_sent"][:SHOWN]
    states = journeys(entry.payload["message_id"] for entry in told) if told else {}
    return [_sending(entry, states.get(entry.payload["message_id"], ("", ""))[0]) for entry in told]


def _sending(entry: Happening, state: str) -> Sending:
    name = {str(code): said for code, said in DISPATCH_NAMES.items()}.get(state, "")
    channel = channel_name(entry.payload["channel"])
    return Sending(entry.occurred_at, channel, name, _TONES.get(state, ""), state == "failed")
