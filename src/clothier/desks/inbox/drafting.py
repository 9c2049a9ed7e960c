"""What is written and not yet sent: a draft that was refused comes back with its words and what is wrong with them."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from clothier.conversations.contracts import Blocked
from clothier.kernel.errors import Refused
from clothier.language.contracts import Hit


@dataclass(frozen=True, slots=True)
class Draft:
    text: str = ""
    internal: bool = False
    refusal: str = ""
    hits: tuple[Hit, ...] = field(default_factory=tuple)
    blocked: bool = False


def refused(request: HttpRequest, refusal: Refused) -> Draft:
    hits = refusal.hits if isinstance(refusal, Blocked) else ()
    return Draft(
        text=request.POST.get("text", ""),
        internal=request.POST.get("kind") == "note",
        refusal=refusal.message,
        hits=hits,
        blocked=bool(hits),
    )
