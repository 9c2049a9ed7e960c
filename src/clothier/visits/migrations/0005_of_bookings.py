"""A visit refers to the appointment where it is now; the column stays as it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_to_bookings"), ("bookings", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="visit",
                    name="appointment",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="visit",
                        to="bookings.appointment",
                        verbose_name="预约",
                    ),
                ),
                migrations.DeleteModel("Appointment"),
                migrations.DeleteModel("Activity"),
            ]
        )
    ]
