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


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_call_commands_there_are(unit):
    words = re.search(r"/clothier ([a-z]+)((?: --[a-z]+ \d+)*)", unit.read_text())
    command = typer.main.get_command(app).commands[words[1]]
    command.make_context(words[1], [*words[2].split(), *(["shop.zip"] if words[1] == "backup" else [])])


def test_services_call_commands_there_are():
    for name in ("web", "worker"):
        first, *words = COMPOSE["services"][name]["command"].split()
        typer.main.get_command(app).commands[first].make_context(first, words)


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
