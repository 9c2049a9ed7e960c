"""A backup: one ZIP file with a table in each member and a manifest of counts and hashes, of one moment."""

import gzip
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from clothier import __version__
from clothier.cli.backups.rows import kept_models, lines
from clothier.cli.language import _
from clothier.kernel import clock, vault

FORMAT = 2
SNAPSHOT = "snapshot"
Progress = Callable[[str, int, int], None]


def write(path: Path, *, progress: Progress, using: str | None = None) -> dict[str, Any]:
    """Write the backup and return its manifest. The file appears under its name only when it is whole."""
    draft = path.with_name(f".{path.name}.part")
    with _snapshot(using) as alias, zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
        kept = kept_models()
        tables = {}
        for number, model in enumerate(kept):
            progress(_("数据表"), number, len(kept))
            tables[model._meta.label_lower] = _table(archive, model, alias)
        manifest = _manifest(alias, tables, _files(archive))
        archive.writestr("manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False))
    # The chain's data: nobody but the owner reads it.
    os.chmod(draft, 0o600)
    os.replace(draft, path)
    return manifest


@contextmanager
def _snapshot(using: str | None) -> Iterator[str]:
    """A connection that sees one moment while the shop goes on selling."""
    if using:
        yield using
        return
    default = connections["default"].settings_dict
    options = {name: value for name, value in default["OPTIONS"].items() if name != "transaction_mode"}
    # On SQLite a deferred transaction reads one state of the WAL and locks nobody out.
    connections.databases[SNAPSHOT] = {**default, "OPTIONS": options}
    try:
        with transaction.atomic(using=SNAPSHOT):
            if connections[SNAPSHOT].vendor == "postgresql":
                with connections[SNAPSHOT].cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]
        del connections.databases[SNAPSHOT]


def _table(archive: zipfile.ZipFile, model: type[models.Model], alias: str) -> dict[str, Any]:
    count, summed = 0, hashlib.sha256()
    name = f"tables/{model._meta.label_lower}.jsonl.gz"
    with archive.open(name, "w", force_zip64=True) as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as member:
        for line in lines(model, alias):
            count += 1
            summed.update(line)
            member.write(line)
    return {"rows": count, "sha256": summed.hexdigest()}


def _files(archive: zipfile.ZipFile) -> dict[str, str]:
    root = Path(settings.MEDIA_ROOT)
    kept = {}
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            name = path.relative_to(root).as_posix()
            archive.write(path, f"files/{name}")
            kept[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return kept


def _manifest(alias: str, tables: dict[str, Any], files: dict[str, str]) -> dict[str, Any]:
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return {
        "format": FORMAT,
        "version": __version__,
        "made_at": clock.now().isoformat(),
        "database": connections[alias].vendor,
        # The vault's key itself stays out: whoever finds the backup reads no phone number.
        "vault": vault.keyed_hash("backup", "fingerprint"),
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "tables": tables,
        "files": files,
    }
