"""The back office: Django's admin behind the shop's own door, and what stands in its menu."""

from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.urls import reverse_lazy
from django.utils.translation import pgettext_lazy

from clothier.desks.shell.office import UNFOLD as LOOK


class OfficeConfig(AdminConfig):
    default_site = "clothier.staff.office.OfficeSite"


def _link(title: object, icon: str, model: str) -> dict[str, object]:
    return {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{model}_changelist")}


def _only_admins(request: object) -> bool:
    return request.user.has_perm("staff.change_user")  # type: ignore[attr-defined, no-any-return]


UNFOLD: dict[str, Any] = {
    **LOOK,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            {
                "title": pgettext_lazy("office", "商品"),
                "separator": True,
                "items": [
                    _link(pgettext_lazy("office", "款式"), "apparel", "catalog_style"),
                    _link("SKU", "barcode", "catalog_sku"),
                    _link(pgettext_lazy("office", "库存"), "inventory_2", "catalog_stock"),
                    _link(pgettext_lazy("office", "品类"), "category", "catalog_category"),
                    _link(pgettext_lazy("office", "颜色"), "palette", "catalog_colour"),
                ],
            },
            {
                "title": pgettext_lazy("office", "场所"),
                "separator": True,
                "items": [
                    _link(pgettext_lazy("office", "门店"), "storefront", "places_store"),
                    _link(pgettext_lazy("office", "区位"), "grid_view", "places_zone"),
                    _link(pgettext_lazy("office", "区域"), "map", "places_region"),
                    _link(pgettext_lazy("office", "试衣间"), "meeting_room", "visits_room"),
                    _link(pgettext_lazy("office", "店内活动"), "celebration", "bookings_activity"),
                    {"title": pgettext_lazy("office", "营业日历"), "icon": "calendar_month", "link": "/rules/"},
                ],
            },
            {
                "title": pgettext_lazy("office", "员工"),
                "separator": True,
                "items": [
                    _link(pgettext_lazy("office", "员工"), "badge", "staff_employee"),
                    _link(pgettext_lazy("office", "班次"), "schedule", "staff_shift"),
                    _link(pgettext_lazy("office", "登录账号"), "key", "staff_user") | {"permission": _only_admins},
                ],
            },
        ],
    },
}
