"""What is written and not yet sent: a draft that was refused comes back with its words and what is wrong with them; one
that was written for us with the articles it stands on.
"""

from dataclasses import dataclass, field

from django.http import HttpRequest

from clothier.conversations.contracts import Blocked, ThreadView
from clothier.conversations.selectors import unanswered
from clothier.conversations.services import drafted
from clothier.kernel.errors import Refused
from clothier.knowledge.contracts import Source
from clothier.language.contracts import Hit


@dataclass(frozen=True, slots=True)
class Draft:
    text: str = ""
    internal: bool = False
    refusal: str = ""
    hits: tuple[Hit, ...] = field(default_factory=tuple)
    blocked: bool = False
    sources: tuple[Source, ...] = ()


def refused(request: HttpRequest, refusal: Refused) -> Draft:
    hits = refusal.hits if isinstance(refusal, Blocked) else ()
    return Draft(
        text=request.POST.get("text", ""),
        internal=request.POST.get("kind") == "note",
        refusal=refusal.message,
        hits=hits,
        blocked=bool(hits),
    )


def drafted_for(thread: ThreadView) -> Draft:
    """A draft for the customer's last words; empty where there is none that stands on its sources."""
    said = unanswered(thread.id)
    made = drafted(said[0].text, channel=thread.channel, names=[thread.name]) if said else None
    return Draft(text=made.text, sources=made.sources) if made else Draft()
