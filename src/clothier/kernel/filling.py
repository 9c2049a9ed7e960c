"""A database while it is filled from nothing: in a hurry, and nobody else's yet.

An index that grows with every row is written many times over; built at the end, once. The same holds for references:
what arrays refer to was written by the same hand, and PostgreSQL examines all of it when the constraint comes back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, models

# A stopped fill leaves whole transactions behind; only a machine that loses its power in the middle may lose the file.
_HURRY = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=OFF",
    "PRAGMA foreign_keys=OFF",
    # Shapes that every tap is held to (JSON that reads, numbers that are not negative) are those of arrays too.
    "PRAGMA ignore_check_constraints=ON",
    "PRAGMA cache_size=-524288",
    "PRAGMA temp_store=FILE",
    "PRAGMA threads=1",
)
_INDEXES = (
    "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema() AND i.tablename = %s"
    " AND NOT EXISTS"
    " (SELECT 1 FROM pg_constraint c JOIN pg_class r ON r.oid = c.conindid WHERE r.relname = i.indexname)"
)
_REFERENCES = (
    "SELECT c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid"
    " WHERE c.contype = 'f' AND r.relname = %s AND r.relnamespace = current_schema()::regnamespace"
)


@contextmanager
def hurry() -> Iterator[None]:
    """Within the block SQLite writes without a second thought. Inside a transaction everything stays as it is."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        try:
            for pragma in _HURRY:
                cursor.execute(pragma)
        except OperationalError:
            pass  # Somebody else has the file open: then with the usual care.
    try:
        yield
    finally:
        # A new connection begins with the usual settings.
        connection.close()


def set_aside(kinds: Sequence[type[models.Model]]) -> list[str]:
    """Drop the indexes of these tables that are no constraint, and on PostgreSQL their references; the statements that
    bring them back.
    """
    found = [one for kind in kinds for one in _droppable(kind._meta.db_table)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            # What waits to be examined at the end of the transaction is examined now: tables cannot change before.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for drop, _back in found:
            cursor.execute(drop)
    return [back for _drop, back in found]


def put_back(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def take_stock() -> None:
    """Let the planner look at the tables as they are now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=2000")
        cursor.execute("ANALYZE")


def _droppable(table: str) -> list[tuple[str, str]]:
    """Statements that drop and bring back, in pairs."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            known = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
            cursor.execute(known, [table])
            return [(f"DROP INDEX {quote(name)}", statement) for name, statement in cursor.fetchall()]
        cursor.execute(_REFERENCES, [table])
        references = [
            (
                f"ALTER TABLE {quote(table)} DROP CONSTRAINT {quote(name)}",
                f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(name)} {definition}",
            )
            for name, definition in cursor.fetchall()
        ]
        cursor.execute(_INDEXES, [table])
        return [*((f"DROP INDEX {quote(name)}", back) for name, back in cursor.fetchall()), *references]
