"""`clothier user` and `clothier key`: sign-ins for people, keys for machines."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Annotated, ParamSpec

import typer

from clothier.cli import ready
from clothier.cli.language import _, speaking
from clothier.cli.output import JSON, tell
from clothier.cli.problems import Problem

user = typer.Typer(help=_("员工的登录账号。"), no_args_is_help=True)
key = typer.Typer(help=_("机器的 API 密钥。"), no_args_is_help=True)
NAME = Annotated[str, typer.Argument(help=_("登录用的账号。"))]
PASSWORD = Annotated[
    str, typer.Option(prompt=_("密码"), hide_input=True, confirmation_prompt=True, envvar="CLOTHIER_PASSWORD")
]
P = ParamSpec("P")


def _in_the_shop(command: Callable[P, None]) -> Callable[P, None]:
    """Run a command with everything ready.

    The verbs called here say no in words and store none, so that the terminal's language may hold for all of it.
    """

    @wraps(command)
    def ready_first(*args: P.args, **kwargs: P.kwargs) -> None:
        ready.set_up()
        ready.migrate()
        with speaking():
            command(*args, **kwargs)

    return ready_first


@user.command("create", help=_("新建一位员工和登录账号。"))
@_in_the_shop
def create_user(
    name: NAME,
    password: PASSWORD,
    role: Annotated[str, typer.Option(help=_("associate、agent、manager、mall、operator 或 admin。"))] = "admin",
    store: Annotated[str | None, typer.Option(help=_("所属门店的编号；总部没有。"))] = None,
    full_name: Annotated[str, typer.Option(help=_("姓名。"))] = "",
    number: Annotated[str, typer.Option(help=_("工号；不填则用账号。"))] = "",
) -> None:
    """Make an employee with a sign-in."""
    from clothier.staff.contracts import EmployeeFacts
    from clothier.staff.services import create_employee

    home = _store(store) if store else None
    create_employee(
        facts=EmployeeFacts(
            number=number or name,
            name=full_name or name,
            role=role,
            home_store=home,
            username=name,
            password=password,
        )
    )
    typer.echo(_("%(name)s 可以以 %(role)s 身份登录了。") % {"name": name, "role": role})


@user.command("password", help=_("给账号设新密码，已登录的会话随之结束。"))
@_in_the_shop
def set_password(name: NAME, password: PASSWORD) -> None:
    """Give a sign-in a new password; its open sessions end."""
    from clothier.staff import services

    services.set_password(username=name, password=password)
    typer.echo(_("%(name)s 的密码已更换。") % {"name": name})


@user.command("reset", help=_("给账号一个一天内有效、登录后必须更换的密码；只显示这一次。"))
@_in_the_shop
def reset_password(name: NAME) -> None:
    """Give a sign-in a password for one day that has to be changed at once; it is shown this once."""
    from clothier.kernel.access import SYSTEM
    from clothier.staff.selectors import employees_for
    from clothier.staff.services import reset_password as reset

    employee = employees_for(SYSTEM).filter(user__username=name).values_list("pk", flat=True).first()
    if employee is None:
        raise Problem(_("没有人用 %(name)s 登录") % {"name": name})
    typer.echo(reset(viewer=SYSTEM, employee=employee))
    typer.echo(_("一天内有效；登录后首先要换成自己的密码。"), err=True)


@user.command("disable", help=_("停用账号；人仍在名册上。"))
@_in_the_shop
def disable(name: NAME) -> None:
    """Shut a sign-in; the person stays on the roster."""
    from clothier.staff import services

    services.deactivate(username=name)
    typer.echo(_("%(name)s 不能再登录了。") % {"name": name})


@user.command("enable", help=_("重新启用账号。"))
@_in_the_shop
def enable(name: NAME) -> None:
    """Open a shut sign-in again."""
    from clothier.staff import services

    services.reactivate(username=name)
    typer.echo(_("%(name)s 又可以登录了。") % {"name": name})


@key.command("create", help=_("新建 API 密钥；只显示这一次。"))
@_in_the_shop
def create_key(
    name: Annotated[str, typer.Argument(help=_("密钥的用途。"))],
    scope: Annotated[list[str], typer.Option(help=_("权限，如 events:write；可重复。"))],
    store: Annotated[list[str] | None, typer.Option(help=_("门店编号；不填则为整个连锁。"))] = None,
    days: Annotated[int | None, typer.Option(help=_("有效天数。"), min=1)] = None,
    as_json: JSON = False,
) -> None:
    """Make an API key. It is shown this once."""
    from clothier.api import services
    from clothier.kernel import clock

    text = services.create_key(
        name=name,
        scopes=scope,
        stores=[_store(code) for code in store] if store else None,
        expires_at=clock.now() + timedelta(days=days) if days else None,
    )
    tell({"key": text}, text + "\n" + _("请立即保存，不会再次显示。"), as_json=as_json)


@key.command("revoke", help=_("停用 API 密钥。"))
@_in_the_shop
def revoke_key(prefix: Annotated[str, typer.Argument(help=_("密钥的中间一段。"))]) -> None:
    """Stop an API key from working."""
    from clothier.api import services

    services.revoke_key(prefix=prefix)
    typer.echo(_("%(prefix)s 已失效。") % {"prefix": prefix})


def _store(code: str) -> int:
    from clothier.kernel.access import SYSTEM
    from clothier.places.selectors import stores_for

    found = stores_for(SYSTEM).filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Problem(_("没有门店 %(code)s") % {"code": code})
    return found
