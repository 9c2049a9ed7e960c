"""The back office's places: regions, stores and the zones in them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from clothier.kernel.office import ReferenceAdmin
from clothier.places.models import Region, Store, Zone
from clothier.places.services import note_change


class ZoneInline(TabularInline):  # type: ignore[misc]
    model = Zone
    can_delete = False
    fields = ("code", "name", "name_en", "kind")
    extra = 0
    tab = True


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Store)
class StoreAdmin(ReferenceAdmin):
    list_display = ("code", "name", "kind", "region", "city", "calendar", "opened_on", "closed_on")
    list_display_links = ("code", "name")
    list_filter = ("kind", "region", "city", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("region",)
    search_fields = ("code", "name", "name_en", "city", "mall")
    search_help_text = _("门店编码、名称、城市或商场")
    inlines = (ZoneInline,)
    fieldsets = (
        (None, {"fields": (("code", "kind"), ("name", "name_en"))}),
        (_("位置"), {"fields": (("region", "city"), ("mall", "address"))}),
        (_("营业"), {"fields": (("calendar", "zone_info"), ("opened_on", "closed_on"))}),
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        note_change(store=form.instance.pk, actor=request.viewer.employee)  # type: ignore[attr-defined]


@admin.register(Zone)
class ZoneAdmin(ReferenceAdmin):
    list_display = ("name", "code", "kind", "store")
    list_filter = ("store", "kind")
    list_select_related = ("store",)
    search_fields = ("code", "name", "store__name")
    autocomplete_fields = ("store",)
