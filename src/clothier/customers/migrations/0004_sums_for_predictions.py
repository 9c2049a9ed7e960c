"""Purchase days and repeat spend become sums of the profile; those of the past are counted once, from encounters."""

from collections import defaultdict

from django.db import migrations, models
from django.db.models import Max
from django.utils import timezone

STRETCH = 20_000


def count_days(apps, schema_editor):
    profiles = apps.get_model("customers", "Profile").objects.using(schema_editor.connection.alias)
    deeds = apps.get_model("customers", "Encounter").objects.using(schema_editor.connection.alias)
    zone = timezone.get_default_timezone()
    for low in range(1, (profiles.aggregate(top=Max("pk"))["top"] or 0) + 1, STRETCH):
        days = defaultdict(lambda: defaultdict(int))
        bought = deeds.filter(kind="purchase", customer__person__gte=low, customer__person__lt=low + STRETCH)
        for person, at, fen in bought.values_list("customer__person", "occurred_at", "spend_fen").iterator():
            days[person][at.astimezone(zone).toordinal()] += fen
        rows = list(profiles.filter(pk__in=list(days)).only("pk"))
        for row in rows:
            fen = days[row.pk]
            row.purchase_days, row.first_day, row.last_day = len(fen), min(fen), max(fen)
            row.first_day_fen = fen[row.first_day]
            row.repeat_fen = sum(fen.values()) - row.first_day_fen
        columns = ["purchase_days", "first_day", "last_day", "first_day_fen", "repeat_fen"]
        profiles.bulk_update(rows, columns, batch_size=500)



class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0003_spare_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Relayering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reached', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': '重新分层',
                'verbose_name_plural': '重新分层',
            },
        ),
        migrations.AddField(
            model_name='profile',
            name='first_day',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='first_day_fen',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='profile',
            name='last_day',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='purchase_days',
            field=models.PositiveIntegerField(default=0, verbose_name='购买天数'),
        ),
        migrations.AddField(
            model_name='profile',
            name='repeat_fen',
            field=models.BigIntegerField(default=0, verbose_name='复购金额（分）'),
        ),
        migrations.AddField(
            model_name='profile',
            name='window_seconds',
            field=models.IntegerField(default=31536000),
        ),
        migrations.RunPython(count_days, migrations.RunPython.noop),
    ]
