"""The back office: Django's admin in the chain's colours, and what stands in its menu."""

from django.contrib.admin.apps import AdminConfig
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AdminConfig):
    default_site = "clothier.staff.office.OfficeSite"


def _link(title: object, icon: str, model: str) -> dict[str, object]:
    return {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{model}_changelist")}


def _only_admins(request: object) -> bool:
    return request.user.has_perm("staff.change_user")  # type: ignore[attr-defined, no-any-return]


# Paper and ink, with the product's one accent (the stylesheet's own tones).
_INK = {
    "50": "#faf9f6", "100": "#f3f1ec", "200": "#e6e2d9", "300": "#d0cabd", "400": "#a39c8e", "500": "#77716a",
    "600": "#5a554f", "700": "#433f3b", "800": "#2c2a28", "900": "#1f1e1d", "950": "#151413",
}  # fmt: skip
_ACCENT = {
    "50": "#fbf1ee", "100": "#f6e0da", "200": "#edc2b7", "300": "#e09c8c", "400": "#cf7663", "500": "#b95743",
    "600": "#a34431", "700": "#873628", "800": "#6f2f25", "900": "#5d2b23", "950": "#32130e",
}  # fmt: skip

UNFOLD = {
    "SITE_TITLE": _("衣诺后台"),
    "SITE_HEADER": _("衣诺后台"),
    "SITE_SUBHEADER": _("门店、员工与商品资料"),
    "SITE_URL": "/",
    "SITE_SYMBOL": "apparel",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {"base": _INK, "primary": _ACCENT},
    "BORDER_RADIUS": "6px",
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
