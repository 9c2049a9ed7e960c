"""Reading from a copy of the database, where there is one that keeps up.

Boards and reports are read far more often than anything else and may be a blink behind. What writes, and whatever a
page does before its view (session, account, rights), stays with the primary.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

P = ParamSpec("P")
R = TypeVar("R")

ALIAS = "replica"
# Seconds a copy may be behind: a board asks again 0.3 s after an event, and must not be told what was before it.
MOST_BEHIND = 0.25
# Seconds an answer about the copy holds: a copy that keeps up, and one that does not or is gone.
_GOOD_FOR, _BAD_FOR = 1.0, 5.0
# With nothing left to replay the age of the last transaction says nothing.
_BEHIND = (
    "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
    " ELSE EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END"
)

_log = structlog.get_logger(__name__)
_aside: ContextVar[bool] = ContextVar("aside", default=False)


class Router:
    """Django's question which database a model is read from and written to."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return ALIAS if _aside.get() else None

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == ALIAS else None


def reading() -> BaseDatabaseWrapper:
    """The connection that questions go to."""
    return connections[ALIAS if _aside.get() else DEFAULT_DB_ALIAS]


def from_replica(view: Callable[P, R]) -> Callable[P, R]:
    """A view that only reads: from the copy when there is one that keeps up, otherwise from the primary."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        if ALIAS not in connections.databases or not _copy.keeps_up():
            return view(*args, **kwargs)
        token = _aside.set(True)
        try:
            return view(*args, **kwargs)
        finally:
            _aside.reset(token)

    return asked


class _Copy:
    """What is known of the copy, in this process."""

    def __init__(self) -> None:
        self._good, self._until = False, 0.0

    def keeps_up(self) -> bool:
        now = time.monotonic()
        if now >= self._until:
            self._good = self._look()
            self._until = now + (_GOOD_FOR if self._good else _BAD_FOR)
        return self._good

    def _look(self) -> bool:
        try:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(_BEHIND)
                (behind,) = cursor.fetchone()
        except DatabaseError as error:
            _log.warning("replica_unreachable", error=type(error).__name__)
            return False
        if behind is None or behind > MOST_BEHIND:
            _log.warning("replica_behind", seconds=behind and round(float(behind), 3))
            return False
        return True


_copy = _Copy()
