"""The demo's sign-ins, one per role, of which none exists in production; and whether a database is the demo's."""

from django.conf import settings

from clothier.kernel.access import Role
from clothier.simulation.contents import load
from clothier.simulation.contracts import DemoAccount, Filled
from clothier.simulation.models import Filling


def demo_accounts() -> list[DemoAccount]:
    """The accounts `clothier run --demo` prints, each with CLOTHIER_DEMO_PASSWORD. Empty in production."""
    if settings.PRODUCTION:
        return []
    return [
        DemoAccount(e["username"], settings.DEMO_PASSWORD, e["name"], Role(e["role"]), e.get("store", ""))
        for e in load("chain")["demo_accounts"]
    ]


def filled() -> Filled | None:
    """The finished fill of this database, if there is one."""
    done = Filling.objects.filter(finished_at__isnull=False).first()
    return Filled(done.seed, done.customers, done.orders, done.stores, fresh=False) if done else None


def begun() -> bool:
    """Whether this database is the demo's, filled to the end or not: its accounts are in it."""
    return Filling.objects.exists()
