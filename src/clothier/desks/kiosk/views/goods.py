"""Looking up goods: what lies here, in which sizes, and where else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clothier.catalog.selectors import categories, skus_of, stock_by_store, style_by_code, styles_here, swatches_of
from clothier.desks.kiosk.doors import paired, the_device
from clothier.desks.kiosk.models import Device
from clothier.desks.shell.limits import spare
from clothier.kernel.refs import number

SHOWN, MOST = 24, 96
# A cloth without a colour yet.
PLAIN = "#b8b2a7"


@paired
@require_safe
def goods(request: HttpRequest, device: Device) -> HttpResponse:
    spare("goods", device.pk, a_minute=120)
    query = request.GET.get("q", "")[:40]
    category = request.GET.get("category", "")[:30]
    shown = min(max(number(request.GET.get("shown", "")) or SHOWN, SHOWN), MOST)
    found = styles_here(store=device.store_id, category=category, query=query, limit=shown)
    swatches = swatches_of(style.pk for style in found)
    wares = [(style, swatches.get(style.pk, PLAIN)) for style in found]
    context = {
        "wares": wares,
        "query": query,
        "category": category,
        "categories": list(categories()),
        "more": _more(request, shown) if len(found) == shown < MOST else "",
        "from": shown - SHOWN,
    }
    return render(request, "kiosk/goods.html", {**the_device(device), **context})


def _more(request: HttpRequest, shown: int) -> str:
    """The same search with a page more, and the place in it where the new ones begin."""
    query = request.GET.copy()
    query["shown"] = str(shown + SHOWN)
    return f"?{query.urlencode()}#more"


@paired
@require_safe
def style(request: HttpRequest, device: Device, style: str) -> HttpResponse:
    spare("goods", device.pk, a_minute=120)
    found = style_by_code(style)
    if found is None or found.withdrawn_on:
        raise Http404
    stock = {place.store_id: place for place in stock_by_store(found.pk)}
    here = stock.get(device.store_id)
    pieces = skus_of(found.pk)
    others = [place for store, place in stock.items() if store != device.store_id][:6]
    context = {
        "style": found,
        "colours": _colours(pieces, here.by_sku if here else {}),
        "elsewhere": [(place, _lying(pieces, place.by_sku)) for place in others],
        "city": device.store.city,
    }
    return render(request, "kiosk/style.html", {**the_device(device), **context})


def _colours(skus: list[Any], here: dict[int, int]) -> list[dict[str, Any]]:
    """Each colour with its sizes and how many lie here."""
    found: dict[int, dict[str, Any]] = {}
    for sku in skus:
        row = found.setdefault(sku.colour_id, {"colour": sku.colour, "sizes": []})
        row["sizes"].append({"sku": sku, "pieces": here.get(sku.pk, 0)})
    return list(found.values())


def _lying(skus: list[Any], there: dict[int, int]) -> list[tuple[str, list[str]]]:
    """The colours that lie in another store, each with its sizes."""
    rows = [(row["colour"], row["sizes"]) for row in _colours(skus, there)]
    found = [(str(colour), [size["sku"].size for size in sizes if size["pieces"]]) for colour, sizes in rows]
    return [(colour, sizes) for colour, sizes in found if sizes]
