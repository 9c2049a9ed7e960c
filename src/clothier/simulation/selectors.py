"""The demo's sign-ins, one per role; in production none of them ever exists."""

from django.conf import settings

from clothier.kernel.access import Role
from clothier.simulation.contents import load
from clothier.simulation.contracts import DemoAccount


def demo_accounts() -> list[DemoAccount]:
    """The accounts `clothier run --demo` prints, each with CLOTHIER_DEMO_PASSWORD. Empty in production."""
    if settings.PRODUCTION:
        return []
    return [
        DemoAccount(e["username"], settings.DEMO_PASSWORD, e["name"], Role(e["role"]), e.get("store", ""))
        for e in load("chain")["demo_accounts"]
    ]
