"""`clothier backup` and `clothier restore`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from clothier.cli import ready
from clothier.cli.output import JSON, tell
from clothier.cli.problems import Problem
from clothier.cli.progress import stages


def backup(
    file: Annotated[Path, typer.Argument(help="Where to; .zip is usual.")],
    as_json: JSON = False,
) -> None:
    """Write everything into one file while the shop stays open: a consistent moment, with counts and hashes.

    It restores into SQLite or PostgreSQL alike. The vault's key is not in it: keep CLOTHIER_VAULT_KEY apart.
    """
    ready.set_up()
    from clothier.cli.backups.writing import write

    if not file.parent.is_dir():
        raise Problem(f"there is no folder {file.parent}")
    with stages() as progress:
        manifest = write(file.resolve(), progress=progress)
    _tell(manifest, f"Backed up to {file}", as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.", exists=True, dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace what the database holds.")] = False,
    as_json: JSON = False,
) -> None:
    """Put a backup into an empty database and compare every row. All or nothing. Stop `clothier run` first."""
    ready.set_up()
    ready.migrate()
    from clothier.cli.backups.reading import restore as put_back

    with stages() as progress:
        manifest = put_back(file, force=force, progress=progress)
    _tell(manifest, f"Restored from {file}; every row compared equal", as_json=as_json)


def _tell(manifest: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    tables = {name: table["rows"] for name, table in manifest["tables"].items() if table["rows"]}
    figures = {"made_at": manifest["made_at"], "rows": sum(tables.values()), "tables": tables}
    tell(figures, f"{sentence}: {figures['rows']} rows in {len(tables)} tables.", as_json=as_json)
