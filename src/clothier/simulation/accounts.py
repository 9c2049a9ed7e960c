"""The demo's sign-ins, one per role; in production none of them ever exists."""

from dataclasses import dataclass

from django.conf import settings

from clothier.kernel.access import Role
from clothier.simulation.contents import load


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    password: str
    name: str
    role: Role
    store: str


def demo_accounts() -> list[DemoAccount]:
    """The accounts `clothier run --demo` prints, each with CLOTHIER_DEMO_PASSWORD. Empty in production."""
    if settings.PRODUCTION:
        return []
    return [
        DemoAccount(e["username"], settings.DEMO_PASSWORD, e["name"], Role(e["role"]), e.get("store", ""))
        for e in load("chain")["demo_accounts"]
    ]
