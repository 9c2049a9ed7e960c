"""The tables are there: `visits` made them, and gives them up."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

APPOINTMENT = migrations.CreateModel(
    name="Appointment",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("customer_id", models.BigIntegerField(verbose_name="顾客")),
        ("at", models.DateTimeField(verbose_name="时间")),
        ("purpose", models.CharField(blank=True, max_length=60, verbose_name="目的")),
        (
            "store",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.store",
                verbose_name="门店",
            ),
        ),
    ],
    options={
        "verbose_name": "预约",
        "verbose_name_plural": "预约",
        "indexes": [models.Index(fields=["store", "at"], name="appointment_store_time")],
    },
)
ACTIVITY = migrations.CreateModel(
    name="Activity",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("title", models.CharField(max_length=80, verbose_name="名称")),
        ("title_en", models.CharField(blank=True, max_length=120, verbose_name="英文名")),
        ("place", models.CharField(blank=True, max_length=40, verbose_name="地点")),
        ("starts_at", models.DateTimeField(verbose_name="开始")),
        ("ends_at", models.DateTimeField(verbose_name="结束")),
        (
            "store",
            models.ForeignKey(
                blank=True,
                help_text="留空表示所有门店",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="places.store",
                verbose_name="门店",
            ),
        ),
    ],
    options={
        "verbose_name": "店内活动",
        "verbose_name_plural": "店内活动",
        "indexes": [models.Index(fields=["ends_at", "store"], name="activity_end_store")],
        "constraints": [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start")
        ],
    },
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("places", "0001_initial"), ("visits", "0004_to_bookings")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[APPOINTMENT, ACTIVITY])]
