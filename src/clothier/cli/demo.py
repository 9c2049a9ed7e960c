"""`clothier demo`: a chain to look at."""

from typing import Annotated

import typer

from clothier.cli import ready
from clothier.cli.output import JSON, tell
from clothier.cli.progress import stages

CUSTOMERS = typer.Option(help="How many customers.", envvar="CLOTHIER_DEMO_CUSTOMERS", min=10)
ORDERS = typer.Option(help="About how many orders; as many as such customers usually place when left out.", min=1)
DEFAULT = 5000


def demo(
    customers: Annotated[int, CUSTOMERS] = DEFAULT,
    orders: Annotated[int | None, ORDERS] = None,
    as_json: JSON = False,
) -> None:
    """Fill an empty shop with the demo chain: stores, people, 600 styles, customers and 18 months of shopping.

    A large chain is filled the same way: a million customers with ten million orders in minutes. Interrupted, it
    continues where it was; run again, it does nothing.
    """
    ready.set_up()
    ready.migrate()
    fill(customers, orders)
    from dataclasses import asdict

    from clothier.simulation.services import filled

    done = filled()
    assert done is not None
    tell(
        asdict(done), f"The demo chain is in place: {done.stores} stores, {done.customers} customers.", as_json=as_json
    )


def fill(customers: int, orders: int | None = None) -> None:
    """Fill with a progress bar."""
    from clothier.simulation.services import fill as fill_chain

    with stages() as progress:
        fill_chain(customers=customers, orders=orders, progress=progress)


def accounts() -> str:
    """The demo's sign-ins, to be printed; empty when there is no demo."""
    from clothier.simulation.selectors import demo_accounts
    from clothier.simulation.services import filled

    if filled() is None:
        return ""
    lines = [f"  {each.username:<10} {each.password:<24} {each.name} · {each.role}" for each in demo_accounts()]
    return "\n".join(["Demo accounts (name and password):", *lines])
