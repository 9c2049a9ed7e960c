"""Questions to the catalogue. What is sold, and where it lies, is no secret among staff, so these take no viewer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from clothier.catalog.contracts import StoreStock
from clothier.catalog.drawings import drawing as drawing
from clothier.catalog.models import Category, Sku, Stock, Style
from clothier.kernel.rows import prepared


def styles(*, withdrawn: bool = False) -> QuerySet[Style]:
    """Styles with their category at hand; those taken off sale only when asked for."""
    rows = Style.objects.select_related("category")
    return rows if withdrawn else rows.filter(withdrawn_on__isnull=True)


def style(style_id: int) -> Style | None:
    return styles(withdrawn=True).filter(pk=style_id).first()


def style_by_code(code: str) -> Style | None:
    return styles(withdrawn=True).filter(code__iexact=code.strip()).first()


def styles_page(*, category: str = "", gender: str = "", after: str = "", limit: int = 50) -> list[Style]:
    """One page in the order of codes; `after` is the last code of the page before."""
    rows = styles().filter(code__gt=after) if after else styles()
    if category:
        rows = rows.filter(category__code=category)
    if gender:
        rows = rows.filter(gender__in=[gender, Style.Gender.UNISEX])
    return list(rows.order_by("code")[:limit])


def categories() -> QuerySet[Category]:
    return Category.objects.all()


def skus_of(style_id: int) -> list[Sku]:
    """A style's variants, by colour and then from small to large."""
    rows = Sku.objects.filter(style_id=style_id).select_related("colour")
    return sorted(rows, key=lambda sku: (sku.colour.code, sku.size_rank))


def skus_of_styles(style_ids: Iterable[int]) -> dict[int, list[Sku]]:
    """Variants of several styles in one query, each style's by colour and then from small to large."""
    found: dict[int, list[Sku]] = {pk: [] for pk in style_ids}
    for sku in Sku.objects.filter(style__in=found).select_related("colour", "style"):
        found[sku.style_id].append(sku)
    return {pk: sorted(rows, key=lambda sku: (sku.colour.code, sku.size_rank)) for pk, rows in found.items()}


def swatches_of(style_ids: Iterable[int]) -> dict[int, str]:
    """One colour of each style as #rrggbb, the first by its code: what a small drawing of it is filled with."""
    rows = Sku.objects.filter(style__in=list(style_ids)).order_by("-colour__code")
    return dict(rows.values_list("style_id", "colour__swatch").distinct())


def styles_here(
    *, store: int, category: str = "", most_fen: int | None = None, query: str = "", limit: int = 24
) -> list[Style]:
    """Styles of which some piece lies in the store, newest first; every word of `query` must be found."""
    rows = styles()
    if category:
        rows = rows.filter(category__code=category)
    if most_fen is not None:
        rows = rows.filter(price_fen__lte=most_fen)
    for word in query.lower().split()[:6]:
        rows = rows.filter(words__contains=word)
    # A generous pool first, its stock second: asking every style of the chain for its stock takes a second.
    pool = list(rows.order_by(F("listed_on").desc(nulls_last=True), "-id")[: limit * 3])
    lying = Stock.objects.filter(store=store, quantity__gt=0, sku__style__in=pool)
    here = set(lying.values_list("sku__style_id", flat=True))
    return [style for style in pool if style.pk in here][:limit]


def skus(ids: Iterable[int]) -> dict[int, Sku]:
    """SKUs by id with style, category and colour: what a list of sold or tried pieces shows."""
    return {sku.pk: sku for sku in _skus(ids=list(ids))}


@prepared
def _skus(ids: list[int]) -> "QuerySet[Sku, Sku]":
    return Sku.objects.filter(pk__in=ids).select_related("style__category", "colour")


def sku_by_barcode(code: str) -> Sku | None:
    """What a scanner or a typing hand means: a barcode, or a SKU's code."""
    text = code.strip()
    rows = Sku.objects.select_related("style__category", "colour")
    return rows.filter(barcode=text).first() or rows.filter(code=text.upper()).first()


def sku_ids(codes: Iterable[str]) -> dict[str, int]:
    """Ids by SKU code or barcode, for bulk paths; what is unknown is missing."""
    wanted = list(codes)
    found = dict(Sku.objects.filter(barcode__in=wanted).values_list("barcode", "id"))
    return {str(code): pk for code, pk in found.items()} | dict(
        Sku.objects.filter(code__in=wanted).values_list("code", "id")
    )


def stock_by_store(style_id: int) -> list[StoreStock]:
    """Where a style lies: stores that have any of it, most pieces first."""
    rows = Stock.objects.filter(sku__style_id=style_id, quantity__gt=0, store__closed_on__isnull=True)
    pieces: dict[tuple[int, str, str], dict[int, int]] = defaultdict(dict)
    for store, name, city, sku, quantity in rows.values_list(
        "store_id", "store__name", "store__city", "sku_id", "quantity"
    ):
        pieces[store, name, city][sku] = quantity
    found = [StoreStock(*where, by_sku=by_sku) for where, by_sku in pieces.items()]
    return sorted(found, key=lambda stock: (-stock.total, stock.store_id))


def stock_where(skus: Iterable[int]) -> list[Stock]:
    """Where pieces of these SKUs lie, most pieces first, each with its store."""
    wanted = list(skus)
    return _where(skus=wanted) if wanted else []


@prepared
def _where(skus: list[int]) -> "QuerySet[Stock, Stock]":
    rows = Stock.objects.filter(sku__in=skus, quantity__gt=0, store__closed_on__isnull=True)
    return rows.select_related("store").order_by("-quantity", "store_id")


def stock_of(*, store: int, skus: Iterable[int]) -> dict[int, int]:
    """Pieces by SKU in one store; a SKU the store never had counts as none."""
    wanted = list(skus)
    rows = Stock.objects.filter(store_id=store, sku_id__in=wanted)
    return dict.fromkeys(wanted, 0) | dict(rows.values_list("sku_id", "quantity"))


def variants() -> Iterator[tuple[int, int, str, str, str]]:
    """Every SKU as (id, style id, style code, colour code, size), by style and id; streamed, for bulk paths."""
    rows = Sku.objects.order_by("style__code", "id")
    yield from rows.values_list("id", "style_id", "style__code", "colour__code", "size").iterator(chunk_size=5000)


def carried(*, store: int) -> list[tuple[int, int, str, str, str, int, int | None]]:
    """What hangs in a store: (SKU id, style id, SKU code, style, category, price fen, cost fen) of all in stock."""
    rows = Stock.objects.filter(store_id=store, quantity__gt=0, sku__style__withdrawn_on__isnull=True).order_by(
        "sku_id"
    )
    columns = ("sku__style_id", "sku__code", "sku__style__name", "sku__style__category__name")
    return list(rows.values_list("sku_id", *columns, "sku__style__price_fen", "sku__style__cost_fen"))


def category_names() -> dict[str, str]:
    """Names by category code in the reader's language."""
    english = get_language() == "en"
    return {code: (name_en if english else "") or name for code, name, name_en in _categories()}


@prepared
def _categories() -> "QuerySet[Category, tuple[str, str, str]]":
    return Category.objects.order_by().values_list("code", "name", "name_en")
