"""What stands in deploy/ is what the product knows: settings that exist, commands that parse, units systemd reads."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from clothier.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = (ROOT / "docs/settings.md").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.mark.parametrize("file", ["systemd/clothier.env.example", "compose.yaml", "Dockerfile"])
def test_every_setting_named_is_one(file):
    known = {"CLOTHIER_NAME", "CLOTHIER_WEB"}  # the proxy's
    named = set(re.findall(r"\b(?:CLOTHIER|DATABASE)_[A-Z_]+\b", (DEPLOY / file).read_text()))
    assert named
    assert {name for name in named - known if f"`{name}`" not in SETTINGS} == set()


def processes(command: str) -> tuple[int, int]:
    """How many web processes and workers a command line of ours starts, as the command itself reads it."""
    name, *words = command.split()
    given = typer.main.get_command(app).commands[name].make_context(name, words).params
    return given["web"], given["workers"]


@pytest.mark.parametrize(("unit", "started"), [("web", (2, 0)), ("worker", (0, 2))])
def test_units_start_what_they_say(unit, started):
    written = (DEPLOY / f"systemd/clothier-{unit}.service").read_text()
    assert processes(re.search(r"/clothier (run .*)", written)[1]) == started


@pytest.mark.parametrize(("service", "started"), [("web", (2, 0)), ("worker", (0, 1))])
def test_services_start_what_they_say(service, started):
    assert processes(COMPOSE["services"][service]["command"]) == started


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_reads_them(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    program = tmp_path / "clothier"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/clothier/.venv/bin/clothier", str(program)))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []
