"""Run in a process of its own: the shape a database had in the first release, filled, and brought to today's.

Prints as JSON what became of every row. Rows are made by the models of that time, from their fields alone, so that a
column that is added, renamed or dropped later meets data.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import django
from django.core.management.color import no_style
from django.db import connection, models, transaction

# Table, key, column: the value as text.
Rows = dict[str, dict[str, dict[str, str]]]
ROWS = 3
AT = datetime(2026, 11, 14, 2, tzinfo=UTC)
# What the fields alone do not tell: constraints over several of them, and content that a migration reads.
TOLD: dict[str, dict[str, Any]] = {
    "staff.shift": {"ends_at": lambda n: AT + timedelta(hours=n + 8)},
    "staff.scope": {"region_id": lambda n: None},
    "visits.activity": {"ends_at": lambda n: AT + timedelta(hours=n + 8)},
    # Two of three customers: in order, and no pair twice.
    "customers.link": {"a_id": lambda n: (1, 1, 2)[n - 1], "b_id": lambda n: (2, 3, 3)[n - 1]},
    "customers.duplicate": {"a_id": lambda n: (1, 1, 2)[n - 1], "b_id": lambda n: (2, 3, 3)[n - 1]},
}


# Tables that changed hands since, rows and all, and the packages that were not there before they did.
MOVED = {"visits_appointment": "bookings_appointment", "visits_activity": "bookings_activity"}
HEIRS = {"bookings"}


# What the nth row holds in a column, by the kind of the field: the first that fits.
KINDS: list[tuple[type[models.Field], Any]] = [
    (models.BooleanField, lambda n: n % 2 == 0),
    (models.IntegerField, lambda n: n),
    (models.AutoField, lambda n: n),
    (models.DateTimeField, lambda n: AT + timedelta(hours=n)),
    (models.DateField, lambda n: date(2026, 11, n)),
    (models.TimeField, lambda n: time(9 + n)),
    (models.DecimalField, lambda n: n),
    (models.FloatField, lambda n: n),
    (models.BinaryField, lambda n: b"key" + bytes([n])),
]


def value(field: Any, n: int) -> Any:
    if field.is_relation:
        return None if field.null and field.remote_field.model == field.model else n
    if field.choices:
        return list(field.flatchoices)[n % len(field.flatchoices)][0]
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {"n": n}
    made = next((make for kind, make in KINDS if isinstance(field, kind)), None)
    return made(n) if made else f"{n}{field.name}"[: field.max_length]


def fill(apps: Any) -> None:
    """So many rows of every table; the nth refers to the nth of others."""
    with transaction.atomic():
        for model in apps.get_models(include_auto_created=True):
            model._base_manager.all().delete()
            told = TOLD.get(model._meta.label_lower, {})
            for n in range(1, ROWS + 1):
                fields = {f.attname: value(f, n) for f in model._meta.concrete_fields}
                model._base_manager.bulk_create([model(**fields | {name: make(n) for name, make in told.items()})])

    # PostgreSQL counts in sequences of its own.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)


def rows(apps: Any) -> Rows:
    """Every row of every table by its key, as text."""
    found: Rows = {}
    for model in apps.get_models(include_auto_created=True):
        columns = {field.column: field.attname for field in model._meta.concrete_fields}
        table = found[model._meta.db_table] = {}
        for row in model._base_manager.all():
            table[str(row.pk)] = {column: _text(getattr(row, name)) for column, name in columns.items()}
    return found


def _text(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else repr(value)


def main() -> dict[str, Any]:
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    from clothier.cli.layout import lay_out

    executor = MigrationExecutor(connection)
    then = executor.migrate(first(executor.loader.graph)).apps
    fill(then)
    before = rows(then)
    call_command("migrate", verbosity=0, interactive=False)
    executor = MigrationExecutor(connection)
    after = rows(executor.loader.project_state().apps)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    told = {"rows": sum(map(len, before.values())), "left": len(left), **compared(before, after)}
    migrated = shape()
    _empty()
    assert lay_out()
    return told | {"laid out otherwise": sorted(migrated ^ shape())}


def shape() -> set[str]:
    """Every column and constraint of every table; indexes are among the constraints."""
    found = set[str]()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            found |= {f"{table}.{column}" for column in connection.introspection.get_table_description(cursor, table)}
            constraints = connection.introspection.get_constraints(cursor, table).values()
            # Whatever their names: a table that changed hands has kept those of its youth.
            found |= {f"{table}: {constraint}" for constraint in constraints}
    return found


def _empty() -> None:
    """No table left."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return
    file = connection.settings_dict["NAME"]
    connection.close()
    for each in Path(file).parent.glob(f"{Path(file).name}*"):
        each.unlink()


def compared(before: Rows, after: Rows) -> dict[str, list[str]]:
    gone, lost, changed = set[str](), set[str](), set[str]()
    before = {MOVED.get(table, table): rows for table, rows in before.items()}
    for table in before.keys() & after.keys():
        for pk, row in before[table].items():
            now = after[table].get(pk)
            if now is None:
                lost.add(f"{table} {pk}")
                continue
            gone |= {f"{table}.{column}" for column in row.keys() - now.keys()}
            changed |= {f"{table}.{column}" for column in row.keys() & now.keys() if row[column] != now[column]}
    tables = sorted(before.keys() - after.keys())
    return {"tables gone": tables, "rows gone": sorted(lost), "columns gone": sorted(gone), "changed": sorted(changed)}


def first(graph: Any) -> list[tuple[str, str]]:
    """The first migration of each of our apps with all it asks for, and the last of every other package."""
    wanted = [key for key in graph.leaf_nodes() if not _ours(key)]
    wanted += [key for key in graph.nodes if _ours(key) and key[1].startswith("0001_") and key[0] not in HEIRS]
    asked = {step for key in wanted for step in graph.forwards_plan(key)}
    # Of two of one app only the later: the executor takes the earlier for a way back.
    return [key for key in sorted(wanted) if not any(key in graph.forwards_plan(k) for k in asked if _later(k, key))]


def _later(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and one != other


def _ours(key: tuple[str, str]) -> bool:
    from django.apps import apps

    return apps.get_app_config(key[0]).name.startswith("clothier.")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))  # noqa: T201 - what its caller reads
