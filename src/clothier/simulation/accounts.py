"""The demo's sign-ins: one per role, with a password only this installation knows."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

from clothier.kernel.access import Role
from clothier.simulation.contents import load

_WORDS = (
    "amber", "bamboo", "birch", "button", "cedar", "collar", "copper", "cotton", "denim", "ember", "fabric", "flannel",
    "garden", "ginger", "harbour", "indigo", "ivory", "jasmine", "lantern", "linen", "maple", "meadow", "merino",
    "orchid", "paper", "pebble", "pocket", "river", "saffron", "satin", "silver", "thread",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    password: str
    name: str
    role: Role
    store: str


def demo_accounts() -> list[DemoAccount]:
    """The accounts `clothier run` prints. Empty in production, where none of them ever exists."""
    if settings.PRODUCTION:
        return []
    return [
        DemoAccount(e["username"], demo_password(), e["name"], Role(e["role"]), e.get("store", ""))
        for e in load("chain")["demo_accounts"]
    ]


def demo_password() -> str:
    """One password for all of them, derived from the installation's secret: nothing to store, nothing to guess."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"demo accounts", hashlib.sha256).digest()
    first, second = _WORDS[digest[0] % len(_WORDS)], _WORDS[digest[1] % len(_WORDS)]
    return f"{first}-{second}-{int.from_bytes(digest[2:4]) % 9000 + 1000}"
