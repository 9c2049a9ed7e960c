"""Reading from a copy of the database, where there is one that keeps up.

Boards and reports are read far more often than anything else and may be a blink behind. What writes, and whatever a
page does before its view (session, account, rights), stays with the primary.
"""

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

P = ParamSpec("P")
R = TypeVar("R")

ALIAS = "replica"
# Seconds an answer about the copy holds: a copy that keeps up, and one that does not or is gone.
_GOOD_FOR, _BAD_FOR = 1.0, 5.0
_MARK = "SELECT pg_current_wal_lsn()::text"
_HAS = "SELECT COALESCE(pg_last_wal_replay_lsn() >= %s::pg_lsn, FALSE)"

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
        if ALIAS in connections.databases and _copy.keeps_up():
            token = _aside.set(True)
            try:
                return view(*args, **kwargs)
            except OperationalError as error:
                _copy.gone(error)
            finally:
                _aside.reset(token)
        return view(*args, **kwargs)

    return asked


class _Copy:
    """What this process knows of the copy. It keeps up when it has replayed what the primary had at the last look, a
    second ago: that tells a copy that follows from one that was cut off and has nothing left to replay.
    """

    def __init__(self) -> None:
        self._mark, self._good, self._until = "", False, 0.0

    def keeps_up(self) -> bool:
        now = time.monotonic()
        if now >= self._until:
            self._good = self._look()
            self._until = now + (_GOOD_FOR if self._good or not self._mark else _BAD_FOR)
        return self._good

    def gone(self, error: Exception) -> None:
        _log.warning("replica_unreachable", error=type(error).__name__)
        self._good, self._until = False, time.monotonic() + _BAD_FOR

    def _look(self) -> bool:
        earlier, self._mark = self._mark, _answer(DEFAULT_DB_ALIAS, _MARK)
        if not earlier:
            return False
        try:
            has: bool = _answer(ALIAS, _HAS, [earlier])
        except DatabaseError as error:
            self.gone(error)
            return False
        if not has:
            _log.warning("replica_behind")
        return has


def _answer(alias: str, question: str, values: Sequence[str] = ()) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


_copy = _Copy()
