"""`clothier backup` and `clothier restore`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from clothier.cli import ready
from clothier.cli.language import _
from clothier.cli.output import JSON, tell
from clothier.cli.problems import Problem
from clothier.cli.progress import stages

ABOUT_BACKUP = _(
    "营业中把全部数据写进一个文件：同一时刻，附计数和校验。可恢复到 SQLite 或 PostgreSQL。"
    "保险库密钥不在其中，请另存 CLOTHIER_VAULT_KEY。"
)


def backup(
    file: Annotated[Path, typer.Argument(help=_("存到哪里；通常是 .zip。"))],
    as_json: JSON = False,
) -> None:
    """Write everything into one file while the shop stays open: a consistent moment, with counts and hashes.

    It restores into SQLite or PostgreSQL alike. The vault's key is not in it: keep CLOTHIER_VAULT_KEY apart.
    """
    ready.set_up()
    from clothier.cli.backups.writing import write

    if not file.parent.is_dir():
        raise Problem(_("没有文件夹 %(folder)s") % {"folder": file.parent})
    with stages() as progress:
        manifest = write(file.resolve(), progress=progress)
    _tell(manifest, _("已备份到 %(file)s") % {"file": file}, as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help=_("备份文件。"), exists=True, dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help=_("替换数据库里已有的内容。"))] = False,
    as_json: JSON = False,
) -> None:
    """Put a backup into an empty database and compare every row. All or nothing. Stop `clothier run` first."""
    ready.set_up()
    ready.migrate()
    from clothier.cli.backups.reading import restore as put_back

    with stages() as progress:
        manifest = put_back(file, force=force, progress=progress)
    _tell(manifest, _("已从 %(file)s 恢复，逐行核对一致") % {"file": file}, as_json=as_json)


def _tell(manifest: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    tables = {name: table["rows"] for name, table in manifest["tables"].items() if table["rows"]}
    figures = {"made_at": manifest["made_at"], "rows": sum(tables.values()), "tables": tables}
    size = _("%(tables)s 张表，%(rows)s 行。") % {"tables": len(tables), "rows": figures["rows"]}
    tell(figures, f"{sentence} · {size}", as_json=as_json)
