"""`clothier user` and `clothier key`: sign-ins for people, keys for machines."""

from datetime import timedelta
from typing import Annotated

import typer

from clothier.cli import ready
from clothier.cli.output import JSON, tell
from clothier.cli.problems import Problem

user = typer.Typer(help="Sign-ins of people.", no_args_is_help=True)
key = typer.Typer(help="API keys of machines.", no_args_is_help=True)
NAME = Annotated[str, typer.Argument(help="The name to sign in with.")]
PASSWORD = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="CLOTHIER_PASSWORD")
]


@user.command("create")
def create_user(
    name: NAME,
    password: PASSWORD,
    role: Annotated[str, typer.Option(help="associate, agent, manager, mall, operator or admin.")] = "admin",
    store: Annotated[str | None, typer.Option(help="Code of the home store; head office has none.")] = None,
    full_name: Annotated[str, typer.Option(help="The person's name.")] = "",
    number: Annotated[str, typer.Option(help="Employee number; the sign-in name when omitted.")] = "",
) -> None:
    """Make an employee with a sign-in."""
    _start()
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
    typer.echo(f"{name} can sign in as {role}.")


@user.command("password")
def set_password(name: NAME, password: PASSWORD) -> None:
    """Give a sign-in a new password; its open sessions end."""
    _start()
    from clothier.staff import services

    services.set_password(username=name, password=password)
    typer.echo(f"{name} has a new password.")


@user.command("reset")
def reset_password(name: NAME) -> None:
    """Give a sign-in a password for one day that has to be changed at once; it is shown this once."""
    _start()
    from clothier.kernel.access import SYSTEM
    from clothier.staff.selectors import employees_for
    from clothier.staff.services import reset_password as reset

    employee = employees_for(SYSTEM).filter(user__username=name).values_list("pk", flat=True).first()
    if employee is None:
        raise Problem(f"nobody signs in as {name}")
    typer.echo(f"{reset(viewer=SYSTEM, employee=employee)}\nGood for a day; the first thing it asks for is a new one.")


@user.command("disable")
def disable(name: NAME) -> None:
    """Shut a sign-in; the person stays on the roster."""
    _start()
    from clothier.staff import services

    services.deactivate(username=name)
    typer.echo(f"{name} can no longer sign in.")


@user.command("enable")
def enable(name: NAME) -> None:
    """Open a shut sign-in again."""
    _start()
    from clothier.staff import services

    services.reactivate(username=name)
    typer.echo(f"{name} can sign in again.")


@key.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[list[str], typer.Option(help="A permission such as events:write; repeat for more.")],
    store: Annotated[list[str] | None, typer.Option(help="Code of a store; without any, the whole chain.")] = None,
    days: Annotated[int | None, typer.Option(help="Valid for so many days.", min=1)] = None,
    as_json: JSON = False,
) -> None:
    """Make an API key. It is shown this once."""
    _start()
    from clothier.api import services
    from clothier.kernel import clock

    text = services.create_key(
        name=name,
        scopes=scope,
        stores=[_store(code) for code in store] if store else None,
        expires_at=clock.now() + timedelta(days=days) if days else None,
    )
    tell({"key": text}, f"{text}\nKeep it now: it is not shown again.", as_json=as_json)


@key.command("revoke")
def revoke_key(prefix: Annotated[str, typer.Argument(help="The key's middle part.")]) -> None:
    """Stop an API key from working."""
    _start()
    from clothier.api import services

    services.revoke_key(prefix=prefix)
    typer.echo(f"{prefix} no longer works.")


def _start() -> None:
    ready.set_up()
    ready.migrate()


def _store(code: str) -> int:
    from clothier.kernel.access import SYSTEM
    from clothier.places.selectors import stores_for

    found = stores_for(SYSTEM).filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Problem(f"there is no store {code}")
    return found
