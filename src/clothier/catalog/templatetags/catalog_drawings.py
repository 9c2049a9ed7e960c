"""{% drawing "coat" "#2b2b2b" label %}: a flat drawing of goods in a colour, inline, so it needs no request."""

from django import template

register = template.Library()


@register.inclusion_tag("catalog/drawing.html")
def drawing(silhouette: str, swatch: str = "#b8b2a7", label: str = "") -> dict[str, str]:
    """A decorative drawing without a label, an image with one."""
    return {
        "shape": f"catalog/silhouettes/{silhouette}.svg",
        "fill": swatch,
        "line": _shade(swatch),
        "label": label,
    }


def _shade(swatch: str) -> str:
    """The seams' colour: darker than a light cloth, lighter than a dark one, so that both show their cut."""
    channels = [int(swatch[i : i + 2], 16) for i in (1, 3, 5)]
    light = sum(channels) / 3 > 110
    shaded = [int(c * 0.55) if light else int(c + (255 - c) * 0.45) for c in channels]
    return "#{:02x}{:02x}{:02x}".format(*shaded)
