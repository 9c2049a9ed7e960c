"""Who chats: whoever holds the secret of a conversation. It lies in the page's address, so it works without cookies in
a frame on another site, and no other site can write in somebody's name without knowing it.
"""

from dataclasses import dataclass
from secrets import token_urlsafe

from django.core import signing

from clothier.conversations.selectors import GuestView, guest, member
from clothier.standards.selectors import document

CHANNEL = "web"
COOKIE = "clothier_chat"
STRANGERS_DAYS = 180
_DAY = 86_400
_SALT = "chat"


@dataclass(frozen=True, slots=True)
class Guest:
    """`address` is what the conversation is known by; `customer` whom their own page vouched for."""

    secret: str
    address: str
    customer: int | None

    def seen(self) -> GuestView | None:
        """Their conversation, once they have written; a member's with what was said on other channels."""
        return member(self.customer) if self.customer else guest(channel=CHANNEL, address=self.address)


def new_secret(customer: int | None = None) -> str:
    """A stranger's is new each time; a member comes back to the one conversation from every phone."""
    return signing.dumps([f"member:{customer}" if customer else token_urlsafe(12), customer], salt=_SALT)


def guest_of(secret: str) -> Guest | None:
    """Whoever holds the secret; None when it was made up, or is too old."""
    try:
        address, customer = signing.loads(secret, salt=_SALT, max_age=STRANGERS_DAYS * _DAY)
        if customer is not None:
            signing.loads(secret, salt=_SALT, max_age=document("loyalty").member_page_days * _DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Guest(secret, str(address), customer)


def thread_of(secret: str) -> int | None:
    """For the live feed."""
    known = guest_of(secret)
    seen = known.seen() if known else None
    return seen.thread_id if seen else None
