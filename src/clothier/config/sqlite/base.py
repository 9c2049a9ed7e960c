"""Django's SQLite backend, whose transactions begin through the turnstile."""

import sqlite3
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from clothier.config.sqlite.operations import DatabaseOperations, moment
from clothier.config.sqlite.turnstile import Turnstile

# In place of the one Django's backend has just registered.
sqlite3.register_converter("datetime", moment)


class DatabaseWrapper(base.DatabaseWrapper):
    """Transactions write (they begin IMMEDIATE), so each stands in line; a database in memory has no line."""

    ops_class = DatabaseOperations
    turnstile: Turnstile | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            path = Path(str(self.settings_dict["NAME"]))
            self.turnstile = Turnstile(path, patience=float(self.settings_dict["OPTIONS"].get("timeout", 5)))
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self.turnstile:
            self.turnstile.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._step_out()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._step_out()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._step_out()

    def _close(self) -> None:
        if self.turnstile:
            self.turnstile.close()
            self.turnstile = None
        super()._close()  # type: ignore[misc]

    def _step_out(self) -> None:
        if self.turnstile:
            self.turnstile.leave()
