"""The catalogue's verbs."""

from clothier.catalog.services.goods import save_categories, save_colours, save_style, upsert_style, upsert_styles
from clothier.catalog.services.stock import adjust_stock, move_stock, set_stock

__all__ = [
    "adjust_stock",
    "move_stock",
    "save_categories",
    "save_colours",
    "save_style",
    "set_stock",
    "upsert_style",
    "upsert_styles",
]
