from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """The table of Django's cache: how often doors were knocked at, counted by all processes together."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("api", "0004_overlapping_secrets")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
