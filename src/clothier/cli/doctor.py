"""`clothier doctor`: is everything as it should be?"""

from typing import Annotated

import typer

from clothier.cli import ready
from clothier.cli.language import _, left
from clothier.cli.output import JSON
from clothier.cli.progress import stages

NAMES = {
    "settings": _("设置"),
    "secrets": _("密钥"),
    "disk": _("磁盘"),
    "database": _("数据库"),
    "migrations": _("结构"),
    "clock": _("时钟"),
    "deliveries": _("投递"),
    "handlers": _("处理程序"),
    "workers": _("后台进程"),
    "promises": _("承诺"),
    "customers": _("顾客"),
    "orders": _("订单"),
}
WHOLE = Annotated[bool, typer.Option("--whole", help=_("每一行都核对，而不是抽查大表。"))]


def doctor(whole: WHOLE = False, as_json: JSON = False) -> None:
    """Examine settings, database, log, promises, orders, workers, disk, clock. Exit code 1 when something is wrong."""
    ready.set_up()
    import json

    from clothier.cli.examination import examine

    with stages() as progress:
        findings = list(examine(whole=whole, progress=progress))
    if as_json:
        typer.echo(json.dumps([{"name": f.name, "ok": f.ok, "detail": f.detail} for f in findings]))
    else:
        for finding in findings:
            mark, colour = ("✓", "green") if finding.ok else ("✗", "red")
            typer.secho(f"{mark} {left(NAMES[finding.name], 12)} {finding.detail}", fg=colour)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)
