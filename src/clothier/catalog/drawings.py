"""A flat drawing of goods in a colour, inline, so it needs no request."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=2048)
def drawing(silhouette: str, swatch: str = "#b8b2a7", label: str = "") -> SafeString:
    """{{ drawing("coat", "#2b2b2b", label) }}: decorative without a label, an image with one. Swatch: #rrggbb."""
    shape = f"catalog/silhouettes/{silhouette}.svg"
    facts = {"shape": shape, "fill": swatch, "line": _shade(swatch), "label": label}
    return mark_safe(render_to_string("catalog/drawing.html", facts))  # noqa: S308 - the engine escapes


def _shade(swatch: str) -> str:
    """The seams' colour: darker than a light cloth, lighter than a dark one, so that both show their cut."""
    channels = [int(swatch[i : i + 2], 16) for i in (1, 3, 5)]
    light = sum(channels) / 3 > 110
    shaded = [int(c * 0.55) if light else int(c + (255 - c) * 0.45) for c in channels]
    return "#{:02x}{:02x}{:02x}".format(*shaded)
