"""A shop moves from SQLite to PostgreSQL and back, and every row is the same."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from clothier.cli.backups.reading import restore
from clothier.cli.backups.rows import lines
from clothier.cli.backups.writing import write
from clothier.customers.models import Identifier, Segment
from clothier.kernel.clock import now
from clothier.standards.selectors import replay_differences

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]

# Of everything the engines keep differently: objects, fractions, bytes, words as keys, moments, nothing at all.
SHOP = """
from datetime import timedelta
from clothier.api.models import Reading
from clothier.catalog.services import upsert_style
from clothier.checkout.services import record_orders
from clothier.customers import services as customers
from clothier.kernel import clock
from clothier.standards.services import publish, save_draft, sweep
from clothier.standards.selectors import text_in_force
from clothier.visits import services as visits
from tests.cast import assemble
from tests.catalog.conftest import COAT
from tests.checkout.facts import order
from tests.customers.people import lin, somebody, phone
from tests.standards.conftest import OPERATOR

cast = assemble()
upsert_style(style=COAT)
pk, other = lin(store=cast.store.pk), somebody("阿王 🧥", phone("13911112222"))
customers.merge(a=pk, b=other)
customers.note_fact(customer_id=pk, field="waist", value="68.5")
customers.save_segment(name="常客", condition={"kind": "figure", "figure": "orders", "least": 1})
visit = visits.arrive(store=cast.store.pk, customer=pk).pk
visits.greet(visit=visit, actor=cast.zhou.pk)
visits.propose(visit=visit, actor=cast.zhou.pk, style_ids=[3, 1, 2])
visits.ring_bell(store=cast.store.pk, source="qr", visit=visit)
visits.leave(visit=visit, outcome="bought", actor=cast.zhou.pk)
sweep(clock.now() + timedelta(hours=1))
record_orders(facts=[order(customer=pk, store=cast.store.pk)])
draft = save_draft(viewer=OPERATOR, key="loyalty", text=text_in_force("loyalty"))
publish(viewer=OPERATOR, version_id=draft.pk)
for name in ("b", "Z", "a", "é", "衣"):
    Reading.objects.create(name=name, settled=1)
cast.zhou.skills = ["tailoring"]
cast.zhou.save()
from clothier.eventlog.models import Entry
entry = Entry.objects.latest("id")
numbers = [0.1, 1.0, -0.0, 1e20, 12345678901234567890]
entry.payload = {"zz": 1e3, "a": numbers, "ü": {"b": None, "aa": True}, "é": "\\\\u0000"}
entry.save()
"""


def on_sqlite(home: Path, code: str) -> None:
    """In a process of its own, on a SQLite file of its own, migrated."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "CLOTHIER_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    opening = "import django; django.setup()\nfrom django.core.management import call_command\n"
    whole = f"{opening}call_command('migrate', verbosity=0)\n{code}"
    done = subprocess.run([sys.executable, "-c", whole], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def quiet(*_: object) -> None:
    """Progress nobody watches."""


def tables(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("tables/")}


def test_a_shop_moves_to_postgresql_and_back_with_every_row_as_it_was(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("needs both engines: scripts/postgres.sh")
    told = "from pathlib import Path\nfrom clothier.cli.backups import reading, writing\nquiet = lambda *_: None\n"
    first, moved, back = (tmp_path / f"{name}.zip" for name in ("first", "moved", "back"))
    on_sqlite(tmp_path / "one", f"{SHOP}\n{told}writing.write(Path({str(first)!r}), progress=quiet)")
    restore(first, force=True, progress=quiet)
    assert list(replay_differences()) == []
    write(moved, progress=quiet, using="default")
    on_sqlite(
        tmp_path / "two",
        f"{told}reading.restore(Path({str(moved)!r}), force=False, progress=quiet)\n"
        f"writing.write(Path({str(back)!r}), progress=quiet)",
    )
    assert tables(first) == tables(moved)
    assert tables(moved) == tables(back)
    # What was moved is a shop, not an empty one, and numbers go on behind those restored.
    assert Identifier.objects.count() == 3
    last = Segment.objects.latest("id").pk
    assert Segment.objects.create(name="新客", created_at=now()).pk > last


def test_rows_with_words_as_keys_come_in_the_same_order_everywhere(db):
    from clothier.api.models import Reading

    for name in ("b", "Z", "a", "é", "衣"):
        Reading.objects.create(name=name, settled=1)
    assert [line.decode()[2] for line in lines(Reading, "default")] == ["Z", "a", "b", "é", "衣"]
