"""A filled database comes to today's shape with every row; whoever writes meanwhile is told to say it again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection, models
from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.config.health.state import reasons_not_ready
from clothier.eventlog.models import Entry
from clothier.visits.models import Visit
from tests.cast import assemble
from tests.cli import upgrading

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own_database(tmp_path):
    """The environment of a shop with a database of its own, on the engine of this run."""
    theirs = {"CLOTHIER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment = os.environ | theirs | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    server, name = environment.get("DATABASE_URL", ""), f"clothier_upgrade_{os.getpid()}"
    if not server:
        yield environment
        return
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield environment | {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_every_row_of_the_first_shape_is_there_in_todays(own_database):
    command = [sys.executable, "-m", "tests.cli.upgrading"]
    done = subprocess.run(command, env=own_database, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.pop("rows") % upgrading.ROWS == 0
    assert told == {
        "tables gone": [],
        "rows gone": [],
        "columns gone": [
            # Empty in every shop until statements came, which brought a table of their own for them.
            "settlement_dayfigure.currency",
            "settlement_dayfigure.fee_fen",
            "settlement_dayfigure.stated",
            "settlement_dayfigure.stated_fen",
            # A notice of a fill that is over, told in other words since.
            "simulation_filling.known",
            "simulation_filling.shopped",
        ],
        # Nothing could be undone when these were there first: they were empty in every shop.
        "changed": ["imports_import.undone_at", "imports_import.undone_by"],
        "left": 0,
        # An empty database is laid out at once, and ends where migrating does.
        "laid out otherwise": [],
    }


@pytest.fixture
def next_release(transactional_db):
    """A column that this release knows nothing of, and may not leave empty."""
    field = models.IntegerField()
    field.set_attributes_from_name("mood")

    def change(step: str) -> None:
        with connection.schema_editor() as editor:
            getattr(editor, step)(Visit, field)

    return change


def test_a_process_of_the_release_before_says_come_back_and_the_next_one_has_it_once(next_release):
    assemble()
    client, key = Client(raise_request_exception=False), create_key(name="door", scopes=list(Scope))
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "door-1"}

    def arrive():
        fact = json.dumps({"store": "sh-nanjing"})
        return client.post("/api/v1/arrivals", fact, content_type="application/json", headers=headers)

    next_release("add_field")
    try:
        answer = arrive()
    finally:
        next_release("remove_field")
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert (Visit.objects.count(), Entry.objects.filter(type="visit.arrived").count()) == (0, 0)
    assert [arrive().status_code, arrive().status_code] == [201, 201]
    assert Visit.objects.count() == 1


def test_a_process_of_the_release_before_is_not_ready(db):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_applied("visits", "9999_of_the_next_release")
    assert "the database is of a later version: start this process anew" in reasons_not_ready()
