"""Appointments learn what became of them: whoever came is known by the visit; the others of days past did not come."""

from datetime import timedelta

from django.db import migrations
from django.db.models import Exists, OuterRef
from django.utils import timezone


def tell(apps, schema_editor):
    appointments = apps.get_model("bookings", "Appointment").objects
    came = apps.get_model("visits", "Visit").objects.filter(appointment=OuterRef("pk"))
    appointments.filter(Exists(came)).update(state="arrived")
    appointments.filter(state="booked", at__lt=timezone.now() - timedelta(days=1)).update(state="missed")


class Migration(migrations.Migration):
    dependencies = [("visits", "0005_of_bookings"), ("bookings", "0002_services_and_sign_ups")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
