"""Who chats: whoever holds the secret of a conversation. It lies in the page's address, so it works without cookies in
a frame on another site, and no other site can write in somebody's name without knowing it. A member's opens only on a
phone that is let into their own page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from clothier.conversations.selectors import GuestView, guest, member
from clothier.loyalty.selectors import customer_of_phone
from clothier.standards.selectors import document

CHANNEL = "web"
COOKIE, PHONE_COOKIE = "clothier_chat", "clothier_member_chat"
PATH = "/chat/"
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


def guest_of(secret: str, cookies: Mapping[str, str]) -> Guest | None:
    """Whoever holds the secret; None when it was made up, is too old, or is a member's whose page this browser may not
    open any more.
    """
    try:
        address, customer = signing.loads(secret, salt=_SALT, max_age=STRANGERS_DAYS * _DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    days = document("loyalty").member_page_days
    if customer is not None and customer_of_phone(cookies.get(PHONE_COOKIE, ""), days=days) != customer:
        return None
    return Guest(secret, str(address), customer)


def is_members(secret: str) -> bool:
    """Whether it leads to a member's conversation, for whoever may open it."""
    try:
        return signing.loads(secret, salt=_SALT)[1] is not None
    except (signing.BadSignature, ValueError, TypeError):
        return False


def thread_of(secret: str, cookies: Mapping[str, str]) -> int | None:
    """For the live feed."""
    known = guest_of(secret, cookies)
    seen = known.seen() if known else None
    return seen.thread_id if seen else None


def keep(response: HttpResponse, name: str, told: str, *, days: int) -> HttpResponse:
    """What this browser brings along to the chat."""
    response.set_cookie(
        name,
        told,
        max_age=days * _DAY,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    response["Cache-Control"] = "private, no-store"
    return response


def let_in(response: HttpResponse, phone: str) -> HttpResponse:
    """The phone that is let into a member's page may open their conversation."""
    return keep(response, PHONE_COOKIE, phone, days=document("loyalty").member_page_days)


def let_out(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(PHONE_COOKIE, path=PATH)
    return response
