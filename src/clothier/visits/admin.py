"""The back office's side of visits: fitting rooms, the diary, and who is expected."""

from django.contrib import admin

from clothier.kernel.office import ReferenceAdmin
from clothier.visits.models import Activity, Appointment, Room


@admin.register(Room)
class RoomAdmin(ReferenceAdmin):
    list_display = ("store", "number", "zone")
    list_filter = ("store",)


@admin.register(Activity)
class ActivityAdmin(ReferenceAdmin):
    list_display = ("title", "store", "place", "starts_at", "ends_at")
    list_filter = ("store",)
    search_fields = ("title", "title_en")


@admin.register(Appointment)
class AppointmentAdmin(ReferenceAdmin):
    list_display = ("at", "store", "customer_id", "purpose")
    list_filter = ("store",)
