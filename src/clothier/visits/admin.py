"""The back office's side of visits: fitting rooms."""

from django.contrib import admin

from clothier.kernel.office import ReferenceAdmin
from clothier.visits.models import Room


@admin.register(Room)
class RoomAdmin(ReferenceAdmin):
    list_display = ("store", "number", "zone")
    list_filter = ("store",)
