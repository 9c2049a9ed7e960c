"""`clothier demo`: a chain to look at."""

from typing import Annotated

import typer


def demo(
    customers: Annotated[
        int, typer.Option(help="How many customers.", envvar="CLOTHIER_DEMO_CUSTOMERS", min=10)
    ] = 5000,
) -> None:
    """Fill an empty shop with the demo chain."""
