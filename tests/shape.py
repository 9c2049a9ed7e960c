"""The tables of a database in memory, migrated once for every state of the migrations and copied from then on."""

import fcntl
import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.core import management
from django.db import connections
from django.db.migrations.loader import MigrationLoader


@contextmanager
def copied(cache: Path) -> Iterator[None]:
    """Within it Django's `migrate` of an empty database in memory copies the shape kept in `cache`.

    The first of several processes makes it while the others wait. A shape is named by everything it comes from, so a
    changed migration is never met by an old shape.
    """
    call = management.call_command

    def migrate_or_copy(name: str, *args: Any, **options: Any) -> Any:
        alias = options.get("database", "default")
        if name != "migrate" or connections[alias].vendor != "sqlite":
            return call(name, *args, **options)
        kept = cache / f"{_state()}.sqlite3"
        with (cache / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                call(name, *args, **options)
                _keep(alias, kept)
        with closing(sqlite3.connect(kept)) as shape:
            connections[alias].ensure_connection()
            shape.backup(connections[alias].connection)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", migrate_or_copy)
        yield


def _keep(alias: str, kept: Path) -> None:
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink()
    half = kept.with_suffix(".half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as shape:
        connections[alias].connection.backup(shape)
    half.rename(kept)


def _state() -> str:
    said = hashlib.sha256(django.__version__.encode())
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for key, migration in sorted(migrations.items()):
        said.update("/".join(key).encode())
        said.update(Path(str(sys.modules[migration.__module__].__file__)).read_bytes())
    return said.hexdigest()[:32]
