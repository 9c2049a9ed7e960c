"""Everything a command needs before it starts: Django, the database's shape, the static files."""

import fcntl
import gc
import hashlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from clothier import __version__
from clothier.cli.language import _
from clothier.cli.problems import Problem

# Extensions of htmx that no page uses; one of them names a module that does not exist, which hashing refuses.
NOT_SERVED = ["django_htmx/ext/*"]
_ONE_MIGRATOR = 0x636C6F74  # "clot": the advisory lock two machines starting together meet at


def set_up() -> None:
    """Load Django. Raises Problem when a setting cannot be read."""
    import django

    # Two thousand modules leave no garbage; a collector that looks for it among them takes a third of the time.
    gc.disable()
    try:
        django.setup()
    except ValueError as error:
        raise Problem(str(error)) from error
    finally:
        gc.freeze()
        gc.enable()


def migrate() -> bool:
    """Bring the database to this version's shape; True when it was not. Safe when several machines start together."""
    from django.core.management import call_command

    from clothier.cli.layout import lay_out

    if not _behind():
        return False
    typer.echo(_("正在准备数据库……"), err=True)
    with _alone(), _only_migrator():
        if not lay_out():
            call_command("migrate", verbosity=0, interactive=False)
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """Web processes and workers started apart share the data folder: one prepares it, the others wait."""
    from django.conf import settings

    with (Path(settings.HOME) / ".preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _only_migrator() -> Iterator[None]:
    """One machine at a time, also through a pooler: the lock lives in a transaction on a connection of its own."""
    from django.db import connections, transaction

    if connections["default"].vendor != "postgresql":
        yield
        return
    connections["migrator"] = guard = connections["default"].copy("migrator")
    try:
        with transaction.atomic("migrator"), guard.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_MIGRATOR])
            yield
    finally:
        guard.close()
        del connections["migrator"]


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    # Names first: reading and ordering two hundred migrations is for the day there is a new one.
    if _migrations() <= MigrationRecorder(connection).applied_migrations().keys():
        return False
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> set[tuple[str, str]]:
    """(app, name) of every migration there is a file for, without loading any."""
    from django.apps import apps

    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()}
    return {
        (label, module.name)
        for label, folder in folders.items()
        for module in pkgutil.iter_modules([str(folder)])
        if module.name[0] not in "_~"
    }


def collect_static() -> bool:
    """Copy, hash and compress the static files when they differ from those collected last; True when they did."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp, fingerprint = root / ".collected", _fingerprint()
    with _alone():
        if stamp.exists() and stamp.read_text() == fingerprint:
            return False
        typer.echo(_("正在收集静态文件……"), err=True)
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=NOT_SERVED)
        stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def hold_still() -> None:
    """Load everything and take it out of the garbage collector's sight: before the fork, or before measuring.

    A page or a batch of events allocates thousands of objects: the collector looked through all of Clothier for every
    few hundred of them, a fifth of the time that the batch took, and unshared the memory it looked at.
    """
    from django.urls import get_resolver

    gc.disable()
    assert get_resolver().url_patterns
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()
