"""The back office wears the house's paper and ink (django-unfold)."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("衣诺后台"),
    "SITE_HEADER": _("衣诺后台"),
    "SITE_SUBHEADER": _("门店、员工、商品、日历"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("clothier/icons/seal.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("clothier/icons/seal.svg")},
    ],
    "SITE_DROPDOWN": [
        {"icon": "arrow_back", "title": _("回到工作台"), "link": "/"},
        {"icon": "key", "title": _("登录与安全"), "link": reverse_lazy("mfa_index")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "10px",
    "COLORS": {
        "base": {
            "50": "#fbf8f1",
            "100": "#f4efe4",
            "200": "#e3dccd",
            "300": "#cfc6b4",
            "400": "#a79d8b",
            "500": "#756c5e",
            "600": "#524a3f",
            "700": "#3d372f",
            "800": "#2a2621",
            "900": "#1f1b16",
            "950": "#151411",
        },
        "primary": {
            "50": "#fdf4f0",
            "100": "#f9e7df",
            "200": "#f2cabc",
            "300": "#f5a48f",
            "400": "#f58166",
            "500": "#cf4a31",
            "600": "#b0311b",
            "700": "#932815",
            "800": "#7a2314",
            "900": "#5e1c11",
            "950": "#3a1f18",
        },
    },
}
