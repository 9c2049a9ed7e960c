"""The back office: Django's admin behind the shop's own door, and what stands in its menu."""

from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

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
                "title": _("商品"),
                "separator": True,
                "items": [
                    _link(_("款式"), "apparel", "catalog_style"),
                    _link("SKU", "barcode", "catalog_sku"),
                    _link(_("库存"), "inventory_2", "catalog_stock"),
                    _link(_("品类"), "category", "catalog_category"),
                    _link(_("颜色"), "palette", "catalog_colour"),
                ],
            },
            {
                "title": _("场所"),
                "separator": True,
                "items": [
                    _link(_("门店"), "storefront", "places_store"),
                    _link(_("区位"), "grid_view", "places_zone"),
                    _link(_("区域"), "map", "places_region"),
                    _link(_("试衣间"), "meeting_room", "visits_room"),
                    _link(_("店内活动"), "celebration", "visits_activity"),
                    {"title": _("营业日历"), "icon": "calendar_month", "link": "/rules/"},
                ],
            },
            {
                "title": _("员工"),
                "separator": True,
                "items": [
                    _link(_("员工"), "badge", "staff_employee"),
                    _link(_("班次"), "schedule", "staff_shift"),
                    _link(_("登录账号"), "key", "staff_user") | {"permission": _only_admins},
                ],
            },
        ],
    },
}
