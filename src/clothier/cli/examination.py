"""The doctor's questions, each answered with a finding; one that cannot be asked is a finding too."""

import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from clothier.cli.soundness import examine_file
from clothier.customers.selectors.proof import differences
from clothier.eventlog.selectors import count_due, count_parked, unknown_handlers
from clothier.kernel import clock
from clothier.standards.selectors.replay import replay_differences
from clothier.worker.selectors import last_beat

LEAST_FREE = 1024**3
SKEW = 2.0
PROMISES = 100_000


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    ok: bool
    detail: str


def examine() -> Iterator[Finding]:
    yield _settings()
    yield _secrets()
    yield _disk()
    yield from _ask_database()


def _ask_database() -> Iterator[Finding]:
    questions: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        ("database", _intact),
        ("migrations", _migrations),
        ("clock", _clock),
        ("deliveries", _deliveries),
        ("handlers", _handlers),
        ("workers", _workers),
        ("promises", _promises),
        ("customers", _customers),
    ]
    for name, question in questions:
        try:
            ok, detail = question()
        except DatabaseError as error:
            ok, detail = False, f"could not be asked: {str(error).strip()}"
        yield Finding(name, ok, detail)


def _settings() -> Finding:
    found = checks.run_checks(databases=["default"])
    serious = [f"{message.msg} {message.hint or ''}".strip() for message in found if message.is_serious()]
    mode = "production" if settings.PRODUCTION else "not production"
    return Finding("settings", not serious, "; ".join(serious) or f"in order, {mode}")


def _secrets() -> Finding:
    loose = [
        path.name
        for path in (Path(settings.HOME) / "secret-key", Path(settings.HOME) / "vault-key")
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    return Finding("secrets", not loose, f"{', '.join(loose)} can be read by others" if loose else "kept to ourselves")


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    return Finding("disk", free >= LEAST_FREE, f"{free / 1024**3:.1f} GB free in {settings.HOME}")


def _intact() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = examine_file()
            sample = f" (of {len(found.sampled)} great tables a sample was read)" if found.sampled else ""
            told = f"SQLite: {'; '.join(found.told)}, {found.loose} loose references{sample}"
            return found.told == ["ok"] and not found.loose, told
        cursor.execute("SHOW server_version")
        return True, f"PostgreSQL {cursor.fetchone()[0]}"


def _migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not left, f"{len(left)} to apply: clothier run does" if left else "all applied"


def _clock() -> tuple[bool, str]:
    if connection.vendor == "sqlite":
        return True, "the database is on this machine"
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        ahead = (clock.now() - cursor.fetchone()[0]).total_seconds()
    return abs(ahead) < SKEW, f"{ahead:+.3f} s against the database"


def _deliveries() -> tuple[bool, str]:
    parked, late = count_parked(most=10_000), count_due(clock.now(), most=10_000)
    return parked == 0, f"{parked} parked, {late} due"


def _handlers() -> tuple[bool, str]:
    unknown = sorted(unknown_handlers())
    return not unknown, f"deliveries wait for unknown handlers: {', '.join(unknown)}" if unknown else "all known"


def _workers() -> tuple[bool, str]:
    seen = last_beat()
    if seen is None:
        return True, "none running"
    silence = (clock.now() - seen).total_seconds()
    return silence < 60, f"last sign of life {silence:.0f} s ago"


def _promises() -> tuple[bool, str]:
    wrong = list(islice(replay_differences(limit=PROMISES), 5))
    if not wrong:
        return True, "what is stored equals its replay"
    told = ", ".join(f"promise {each.promise_id} {each.column}" for each in wrong)
    return False, f"differs from its replay: {told}"


def _customers() -> tuple[bool, str]:
    # In a large chain a sample; every examination looks at other people.
    wrong = list(islice(differences(shift=secrets.randbelow(1000) / 1000), 5))
    if not wrong:
        return True, "persons equal their links, profiles their sums"
    told = ", ".join(f"customer {each.customer_id} {each.column}" for each in wrong)
    return False, f"differs from its sources: {told}"
