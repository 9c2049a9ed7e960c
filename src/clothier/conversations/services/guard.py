"""The language guard, asked in one place."""

from clothier.language.contracts import Hit
from clothier.language.services import check
from clothier.standards.selectors import document

COMPLAINT = "complaint"


def hits(text: str, *, topic: str = "") -> list[Hit]:
    """What of a reply the house rules point at; stricter where a complaint is answered. Each rule once."""
    found = check(text, document("language"), complaint=topic == COMPLAINT)
    return list({hit.key: hit for hit in reversed(found)}.values())[::-1]
