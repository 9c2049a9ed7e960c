from django.db import migrations

# What waits moves from a row of its own into the promise; what fired stays as history.
MOVE = """
    UPDATE standards_promise SET next_at = (
        SELECT MIN(fire_at) FROM standards_timer
        WHERE standards_timer.promise_id = standards_promise.id AND fired_at IS NULL
    )
    WHERE closed_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0004_next_at'),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL('DELETE FROM standards_timer WHERE fired_at IS NULL', migrations.RunSQL.noop),
    ]
