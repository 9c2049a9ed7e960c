"""The tables of an empty database, made at once."""

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def lay_out(alias: str = "default") -> bool:
    """Make the tables as the migrations leave them, and note all of these as done; False where there are tables.

    To migrate ends in the same tables (tests/cli/test_upgrading.py), but Django imagines the whole house anew after
    each of six hundred steps: twenty seconds, which nobody who has no rows yet needs to wait. All in one transaction:
    whoever is stopped half-way begins again with an empty database.
    """
    connection = connections[alias]
    if connection.introspection.table_names():
        return False
    migrations = MigrationLoader(connection)
    with connection.schema_editor() as editor:
        for model in migrations.project_state().apps.get_models():
            if model._meta.can_migrate(connection) and not model._meta.proxy:
                editor.create_model(model)
        call_command("createcachetable", database=alias, verbosity=0)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        done = sorted(migrations.disk_migrations)
        recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in done)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=alias)
    return True
