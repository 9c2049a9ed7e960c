"""`clothier demo`: a chain to look at."""

from typing import Annotated

import typer

from clothier.cli import ready
from clothier.cli.language import _
from clothier.cli.output import JSON, tell
from clothier.cli.progress import stages

CUSTOMERS = typer.Option(help=_("顾客数。"), envvar="CLOTHIER_DEMO_CUSTOMERS", min=10)
ORDERS = typer.Option(help=_("大约多少订单；不填则按这些顾客通常的数量。"), min=1)
DEFAULT = 5000
ABOUT = _("给空店填入示例连锁：门店、员工、600 款商品、顾客和 18 个月的购买。中断后接着填，填好后再运行什么也不做。")


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

    from clothier.simulation.selectors import filled

    done = filled()
    assert done is not None
    sentence = _("示例连锁已就绪：%(stores)s 家门店，%(customers)s 位顾客。")
    tell(asdict(done), sentence % {"stores": done.stores, "customers": done.customers}, as_json=as_json)


def fill(customers: int, orders: int | None = None) -> None:
    """Fill with a progress bar; nothing when it is filled, which a shop that opens every day need not load."""
    from clothier.simulation.selectors import filled

    if filled():
        return
    from clothier.simulation.services import fill as fill_chain

    with stages() as progress:
        fill_chain(customers=customers, orders=orders, progress=progress)


def accounts() -> str:
    """The demo's sign-ins, to be printed; empty when there is no demo."""
    from clothier.simulation.selectors import demo_accounts, filled

    if filled() is None:
        return ""
    lines = [f"  {each.username:<10} {each.password:<24} {each.name} · {each.role}" for each in demo_accounts()]
    return "\n".join([_("示例账号（账号和密码）："), *lines])
