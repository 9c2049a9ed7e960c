"""Saved replies as the composer offers them: found by a few letters, their gaps filled for this conversation."""

from dataclasses import dataclass

from clothier.conversations.contracts import ThreadView
from clothier.conversations.selectors import filled_replies
from clothier.kernel.access import Viewer

MOST = 8


@dataclass(frozen=True, slots=True)
class Offered:
    id: int
    title: str
    text: str


def offered_to(viewer: Viewer, thread: ThreadView, query: str) -> list[Offered]:
    """Those whose title or words hold what was typed; titles first."""
    asked = query.strip().lower()
    found = [
        Offered(pk, title, text)
        for pk, title, text in filled_replies(viewer, thread=thread.id)
        if asked in f"{title} {text}".lower()
    ]
    return sorted(found, key=lambda one: asked not in one.title.lower())[:MOST]
