"""`clothier import`: files into the house, from the keyboard."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clothier.cli import ready
from clothier.cli.import_report import mapping_text, outcome, report
from clothier.cli.language import _, speaking
from clothier.cli.output import tell
from clothier.cli.problems import Problem
from clothier.cli.progress import stages

if TYPE_CHECKING:
    from clothier.imports.selectors import Import

ROWS_REFUSED = 3
ABOUT = _("导入文件。中断后接着导入；重复导入不会改变什么。退出码 3：已完成，但有行被拒绝，并给出那些行的文件。")


class Sort(StrEnum):
    ORDERS = "orders"
    CUSTOMERS = "customers"
    CATALOGUE = "catalogue"
    STAFF = "staff"
    VISITS = "visits"


def import_file(
    kind: Annotated[Sort, typer.Argument(help=_("文件里是什么。"))],
    file: Annotated[Path, typer.Argument(help=_("CSV、CSV.GZ 或 XLSX。"), exists=True, dir_okay=False)],
    columns: Annotated[
        list[str] | None, typer.Option("--map", help=_("指明哪一列是什么：--map number=InvoiceNo"))
    ] = None,
    store: Annotated[str, typer.Option(help=_("没写门店的行属于哪家店（编号）。"))] = "",
    currency: Annotated[str, typer.Option(help=_("没写币种的金额是什么币种。"))] = "",
    zone: Annotated[str, typer.Option(help=_("没写时区的时间是什么时区。"))] = "",
    date_order: Annotated[str, typer.Option(help=_("1/2/2011 的意思：ymd、dmy 或 mdy。"))] = "",
    source: Annotated[str, typer.Option(help=_("单号出自哪个系统；同一来源里单号不重复。"))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("全部读取和检查，但什么也不写。"))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再询问，直接采用猜出的列。"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("以 JSON 打印结果。"))] = False,
) -> None:
    """Import a file. Broken off, it goes on where it was; told twice, it changes nothing.

    Exit code 3: done, but rows were refused; their file is named.
    """
    ready.set_up()
    ready.migrate()
    options = {"store": store, "currency": currency.upper(), "zone": zone, "date_order": date_order, "source": source}
    with speaking():
        task = _broken_off(kind, file, dry_run) or _new(kind, file, columns or [], options, yes=yes)
        done = _run(task, dry_run)
        tell(outcome(done, dry=dry_run), report(done, dry=dry_run), as_json=as_json)
    if done.state == "failed":
        raise Problem(done.problem)
    if done.read_counts(trial=dry_run).rejected:
        raise typer.Exit(ROWS_REFUSED)


def _broken_off(kind: str, file: Path, dry_run: bool) -> "Import | None":
    from clothier.imports.selectors import unfinished
    from clothier.imports.services import digest

    task = None if dry_run else unfinished(kind=kind, sha256=digest(file))
    if task:
        said = _("接着导入 %(import)s，从第 %(row)s 行之后开始。")
        typer.echo(said % {"import": task.pk, "row": f"{task.read_counts().read:,}"}, err=True)
    return task


def _new(kind: str, file: Path, wanted: list[str], options: dict[str, str], *, yes: bool) -> "Import":
    from clothier.imports.services import confirm, register_file

    draft = register_file(kind=kind, path=file)
    columns = {**draft.columns, **dict(_position(text, draft.header) for text in wanted)}
    given = {name: value for name, value in options.items() if value}
    if draft.options.get("date_order_unsure") and "date_order" not in given and (yes or not sys.stdin.isatty()):
        raise Problem(_("日期可能是日在前，也可能是月在前：请用 --date-order dmy 或 --date-order mdy 说明"))
    typer.echo(mapping_text(draft, columns, {**draft.options, **given}), err=True)
    if not yes and sys.stdin.isatty():
        typer.confirm(_("这样对吗？"), abort=True, err=True)
    return confirm(import_id=draft.pk, columns=columns, options=given)


def _position(text: str, header: list[str]) -> tuple[str, int]:
    name, equals, title = text.partition("=")
    if not equals or title.strip() not in header:
        raise Problem(_("--map %(text)s：文件里的列是 %(columns)s") % {"text": text, "columns": ", ".join(header)})
    return name.strip(), header.index(title.strip())


def _run(task: "Import", dry_run: bool) -> "Import":
    from clothier.imports.services import request, run

    request(import_id=task.pk, dry=dry_run, here=True)
    stage = _("正在检查") if dry_run else _("正在导入")
    with stages() as progress:
        return run(
            import_id=task.pk,
            on_progress=lambda made: progress(stage, int(made.share * 1000), 1000),
        )
