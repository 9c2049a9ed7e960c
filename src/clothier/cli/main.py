"""The `clothier` command. Commands import what they need when they run, so that help and start are quick."""

import os
import sys

import typer

from clothier.cli import bench, demo, doctor, eval, imports, keeping, people, run
from clothier.cli.problems import told

app = typer.Typer(
    name="clothier",
    help="Clothier 衣诺 keeps a shop's promises to its customers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("import")(imports.import_file)
app.command("bench")(bench.bench)
app.command("eval")(eval.evaluate)
app.command("doctor")(doctor.doctor)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.add_typer(people.user, name="user")
app.add_typer(people.key, name="key")


def main() -> None:
    """Exit codes: 0 done, 1 could not (the reason on stderr), 2 called wrongly, 130 interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clothier.config.settings")
    with told():
        sys.exit(app())
