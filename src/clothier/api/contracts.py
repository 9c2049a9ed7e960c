"""What an API key may do, in the words of the API; and who listens to a chat without signing in."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from clothier.standards.contracts import Registry


class Scope(StrEnum):
    """A verb on a kind of thing; a key holds some of them, for some stores or for the chain."""

    VISITS_READ = "visits:read"
    VISITS_WRITE = "visits:write"
    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    ORDERS_WRITE = "orders:write"
    CATALOG_READ = "catalog:read"
    CATALOG_WRITE = "catalog:write"
    PROMISES_READ = "promises:read"
    BOOKINGS_READ = "bookings:read"
    BOOKINGS_WRITE = "bookings:write"
    CHATS_READ = "chats:read"
    CHATS_WRITE = "chats:write"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    SETTLEMENT_READ = "settlement:read"
    PAYMENTS_READ = "payments:read"
    PAYMENTS_WRITE = "payments:write"
    EVENTS_WRITE = "events:write"


def _nobody(secret: str, cookies: Mapping[str, str]) -> int | None:
    return None


# The secret of a customer's chat, and their browser's cookies → its thread; filled by the chat's desk.
chat_guests: Registry[Callable[[str, Mapping[str, str]], int | None]] = Registry(_nobody)
