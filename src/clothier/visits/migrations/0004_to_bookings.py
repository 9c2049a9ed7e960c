"""Appointments and activities become the bookings package's: the tables keep their rows and only change their names."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("visits", "0003_leaner_indexes")]

    operations = [
        migrations.AlterModelTable("Appointment", "bookings_appointment"),
        migrations.AlterModelTable("Activity", "bookings_activity"),
    ]
