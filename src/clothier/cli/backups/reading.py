"""Putting a backup back, into whichever of the two databases, and proving that every row is the same."""

import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from clothier.cli.backups.rows import CHUNK, columns, digest, kept_models, read
from clothier.cli.backups.writing import FORMAT
from clothier.cli.language import _
from clothier.cli.problems import Problem
from clothier.kernel import vault

Progress = Callable[[str, int, int], None]
# Rows that a new database holds before anybody has done anything.
_BORN_WITH = {"contenttypes.contenttype", "auth.permission"}


def restore(path: Path, *, force: bool, progress: Progress) -> dict[str, Any]:
    """Replace the database's rows by the backup's, all or nothing; the manifest.

    Raises Problem when the file is damaged or of another version, when the vault's key is another one, and without
    `force` when the database holds anything.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise Problem(_("%(file)s 不是 Clothier 的备份，或已损坏") % {"file": path}) from None
    with archive:
        manifest = _manifest(archive, path)
        _check(manifest, force=force)
        kept = [model for model in kept_models() if model._meta.label_lower in manifest["tables"]]
        with transaction.atomic():
            _empty()
            for number, model in enumerate(kept):
                progress(_("数据表"), number, len(kept))
                _fill(archive, model, manifest)
            _prove(kept, manifest, progress)
            _continue_numbers(kept)
        _files(archive, manifest)
    return manifest


def holds_anything() -> str:
    """The name of a table that holds rows; empty when the database is as new."""
    born_with = _BORN_WITH | {"worker.routine"}
    for model in kept_models():
        if model._meta.label_lower not in born_with and model._base_manager.exists():
            return str(model._meta.label_lower)
    return ""


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError, zipfile.BadZipFile):
        raise Problem(_("%(file)s 不是 Clothier 的备份，或已损坏") % {"file": path}) from None
    if manifest.get("format") != FORMAT:
        raise Problem(_("%(file)s 的格式这一版读不了，请用制作它的版本") % {"file": path})
    return manifest


def _check(manifest: dict[str, Any], *, force: bool) -> None:
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    if applied != manifest["migrations"]:
        raise Problem(
            _("备份由 %(version)s 版制作，数据库结构不同：请先用那一版恢复，再升级") % {"version": manifest["version"]}
        )
    if manifest["vault"] != vault.keyed_hash("backup", "fingerprint"):
        raise Problem(_("CLOTHIER_VAULT_KEY 不是制作备份时的那一把：姓名和电话将无法读出"))
    full = "" if force else holds_anything()
    if full:
        raise Problem(_("数据库不是空的（%(table)s 有数据）；--force 会替换其中的全部内容") % {"table": full})


def _empty() -> None:
    # The connection's constraints are deferred to the commit, so the order does not matter.
    for model in kept_models():
        model._base_manager.all()._raw_delete(model._base_manager.db)


def _fill(archive: zipfile.ZipFile, model: type[models.Model], manifest: dict[str, Any]) -> None:
    label = model._meta.label_lower
    summed = hashlib.sha256()
    with archive.open(f"tables/{label}.jsonl.gz") as raw, gzip.GzipFile(fileobj=raw) as member:
        told = iter(member)
        while rows := list(islice(_summed(told, summed), CHUNK)):
            _insert(model, [read(model, line) for line in rows])
    if summed.hexdigest() != manifest["tables"][label]["sha256"]:
        raise Problem(_("备份已损坏：%(what)s 与写入时不同；什么都没有改动") % {"what": label})


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    """Rows as they were: `raw` keeps columns that fill themselves (auto_now) from taking the present moment."""
    fields = columns(model)
    size = connection.ops.bulk_batch_size(fields, rows)
    for first in range(0, len(rows), size):
        model._base_manager.all()._insert(rows[first : first + size], fields=fields, raw=True)  # type: ignore[attr-defined]


def _summed(told: Iterator[bytes], summed: Any) -> Iterator[bytes]:
    for line in told:
        summed.update(line)
        yield line


def _prove(kept: list[type[models.Model]], manifest: dict[str, Any], progress: Progress) -> None:
    for number, model in enumerate(kept):
        progress(_("逐行核对"), number, len(kept))
        label = model._meta.label_lower
        count, summed = digest(model, "default")
        expected = manifest["tables"][label]
        if (count, summed) != (expected["rows"], expected["sha256"]):
            raise Problem(_("%(table)s 读回来与恢复的不同；什么都没有改动") % {"table": label})


def _continue_numbers(kept: list[type[models.Model]]) -> None:
    """PostgreSQL counts in sequences of its own; they go on after the highest number restored."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)


def _files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    root = Path(settings.MEDIA_ROOT)
    for name, expected in manifest["files"].items():
        # A forged backup must not write outside the folder.
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise Problem(_("备份里有指向数据文件夹之外的文件：%(file)s") % {"file": name})
        content = archive.read(f"files/{name}")
        if hashlib.sha256(content).hexdigest() != expected:
            raise Problem(_("备份已损坏：%(what)s 与写入时不同") % {"what": name})
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
