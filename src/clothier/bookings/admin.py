"""The back office's side of bookings: the diary, and who is expected."""

from django.contrib import admin

from clothier.bookings.models import Activity, Appointment
from clothier.bookings.selectors.words import service_name
from clothier.kernel.office import ReferenceAdmin


@admin.register(Activity)
class ActivityAdmin(ReferenceAdmin):
    list_display = ("title", "store", "kind", "place", "starts_at", "ends_at", "capacity")
    list_filter = ("store", "kind")
    search_fields = ("title", "title_en")


@admin.register(Appointment)
class AppointmentAdmin(ReferenceAdmin):
    list_display = ("at", "store", "customer_id", "booked", "purpose", "state")
    list_filter = ("store", "state")

    @admin.display(description=Appointment._meta.get_field("service").verbose_name, ordering="service")
    def booked(self, row: Appointment) -> str:
        return service_name(row.service)
