"""The `clothier` command. Commands import what they need when they run, so that help and start are quick."""

import os
import sys

import typer

from clothier.cli import bench, demo, doctor, eval, imports, keeping, people, run
from clothier.cli.language import _
from clothier.cli.problems import told

app = typer.Typer(
    name="clothier",
    help=_("Clothier 衣诺：让门店守住对顾客的每一个承诺。"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run", help=_("开店：页面、实时动态和后台工作，直到按下 Ctrl-C。"))(run.run)
app.command("demo", help=demo.ABOUT)(demo.demo)
app.command("import", help=imports.ABOUT)(imports.import_file)
app.command("bench", help=_("在用完即弃的店里测一项速度：SQLite，或 DATABASE_URL 的服务器。"))(bench.bench)
app.command("eval", help=_("用公开数据衡量一个模型，打印结果。"))(eval.evaluate)
app.command("doctor", help=_("检查设置、数据库、日志、承诺、后台进程、磁盘和时钟；有问题时退出码为 1。"))(doctor.doctor)
app.command("backup", help=keeping.ABOUT_BACKUP)(keeping.backup)
app.command("restore", help=_("把备份放回空的数据库并逐行核对，全有或全无。请先停止 clothier run。"))(keeping.restore)
app.add_typer(people.user, name="user")
app.add_typer(people.key, name="key")


def main() -> None:
    """Exit codes: 0 done, 1 could not (the reason on stderr), 2 called wrongly, 130 interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clothier.config.settings")
    # What draws the help takes a tenth of a second to load: an opening shop has none to give away.
    if sys.argv[1:2] != ["run"] or {"-h", "--help"} & {*sys.argv}:
        _name_panels()
    with told():
        sys.exit(app())


def _name_panels() -> None:
    from typer import rich_utils

    for panel, title in (("ARGUMENTS", _("参数")), ("OPTIONS", _("选项")), ("COMMANDS", _("命令"))):
        setattr(rich_utils, f"{panel}_PANEL_TITLE", title)
