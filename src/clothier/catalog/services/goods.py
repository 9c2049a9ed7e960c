"""Putting styles, colours and sizes into the catalogue: one verb for one style and for forty thousand."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.catalog import rules
from clothier.catalog.contracts import CategoryFacts, ColourFacts, Saved, StyleFacts
from clothier.catalog.events import StyleSaved
from clothier.catalog.models import Category, Colour, Sku, Style
from clothier.catalog.words import searchable
from clothier.eventlog.services import Note, record_all
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

_BATCH = 500
_STYLE_FIELDS = (
    "name", "name_en", "category_id", "brand", "line", "gender", "season", "year", "fabric", "care", "tags",
    "description", "description_en", "price_fen", "cost_fen", "listed_on", "words",
)  # fmt: skip


def save_categories(*, categories: Iterable[CategoryFacts], rename: bool = True) -> dict[str, int]:
    """Add or (unless told not to) rename kinds of goods; the id by code. A missing drawing is guessed by name."""
    rows = [
        Category(
            code=facts.code,
            name=facts.name,
            name_en=facts.name_en,
            silhouette=facts.silhouette or rules.silhouette_for(facts.name, facts.name_en, facts.code),
        )
        for facts in categories
    ]
    if rename:
        Category.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "name_en", "silhouette"]
        )
    else:
        Category.objects.bulk_create(rows, ignore_conflicts=True)
    return dict(Category.objects.filter(code__in=[row.code for row in rows]).values_list("code", "id"))


def save_colours(*, colours: Iterable[ColourFacts], rename: bool = True) -> dict[str, int]:
    """Add or (unless told not to) rename colours; the id by code."""
    rows = [Colour(code=c.code, name=c.name, name_en=c.name_en, swatch=c.swatch) for c in colours]
    if rename:
        Colour.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "name_en", "swatch"]
        )
    else:
        Colour.objects.bulk_create(rows, ignore_conflicts=True)
    return dict(Colour.objects.filter(code__in=[row.code for row in rows]).values_list("code", "id"))


def upsert_style(*, style: StyleFacts, actor: int | None = None) -> int:
    """Put one style with its variants into the catalogue, or change it; its id."""
    return upsert_styles(styles=[style], actor=actor).ids[style.code]


@transaction.atomic
def upsert_styles(*, styles: Sequence[StyleFacts], actor: int | None = None) -> Saved:
    """Put styles with their variants into the catalogue: new ones added, different ones changed, equal ones left alone.

    Categories and colours that are not there yet are made with their code as name. Variants are only ever added: what
    was sold once keeps its SKU. Raises Refused on a negative price or an unknown kind of people or season.
    """
    _check(styles)
    categories = _known_or_new(Category, {style.category for style in styles})
    _known_or_new(Colour, {variant.colour for style in styles for variant in style.variants})
    before = {style.code: style for style in Style.objects.filter(code__in=[style.code for style in styles])}
    rows = {facts.code: _row(facts, categories[facts.category]) for facts in styles}
    created = frozenset(rows.keys() - before.keys())
    changed = frozenset(code for code in rows.keys() & before.keys() if _differs(before[code], rows[code]))
    Style.objects.bulk_create(
        [rows[code] for code in rows if code in created | changed],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[field.removesuffix("_id") for field in _STYLE_FIELDS],
    )
    ids = dict(Style.objects.filter(code__in=rows).values_list("code", "id"))
    _add_variants(styles, ids)
    _tell(rows, ids, created, changed, actor)
    return Saved(ids=ids, created=created, changed=changed)


@transaction.atomic
def save_style(*, style: Style, actor: int | None = None) -> None:
    """Save a style edited by hand, with its search words, and record it."""
    created = style.pk is None
    style.words = searchable(style.code, style.name, style.name_en)
    style.save()
    event = StyleSaved(style_id=style.pk, price_fen=style.price_fen, created=created)
    record_all([Note(event, subject=Ref("style", style.pk), actor=actor)])


def _check(styles: Sequence[StyleFacts]) -> None:
    for style in styles:
        if style.price_fen < 0 or (style.cost_fen or 0) < 0:
            raise Refused(_("%(code)s 的价格不能为负。") % {"code": style.code}, field="price")
        if style.gender not in Style.Gender.values:
            raise Refused(_("%(code)s 的人群无法识别。") % {"code": style.code}, field="gender")
        if style.season not in Style.Season.values:
            raise Refused(_("%(code)s 的季节无法识别。") % {"code": style.code}, field="season")


def _known_or_new(model: type[Category] | type[Colour], codes: set[str]) -> dict[str, int]:
    known = dict(model._default_manager.filter(code__in=codes).values_list("code", "id"))
    missing = sorted(codes - known.keys())
    if not missing:
        return known
    if model is Category:
        return known | save_categories(categories=[CategoryFacts(code=code, name=code) for code in missing])
    return known | save_colours(colours=[ColourFacts(code=code, name=code) for code in missing])


def _row(facts: StyleFacts, category: int) -> Style:
    return Style(
        code=facts.code,
        name=facts.name,
        name_en=facts.name_en,
        category_id=category,
        brand=facts.brand,
        line=facts.line,
        gender=facts.gender,
        season=facts.season,
        year=facts.year,
        fabric=dict(facts.fabric),
        care=list(facts.care),
        tags=list(facts.tags),
        description=facts.description,
        description_en=facts.description_en,
        price_fen=facts.price_fen,
        cost_fen=facts.cost_fen,
        listed_on=facts.listed_on,
        words=searchable(facts.code, facts.name, facts.name_en),
    )


def _differs(before: Any, after: Any) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in _STYLE_FIELDS)


def _add_variants(styles: Sequence[StyleFacts], ids: dict[str, int]) -> None:
    colours = dict(Colour.objects.values_list("code", "id"))
    # ignore_conflicts: whoever adds the same variant first wins, and both find it there.
    Sku.objects.bulk_create(
        [
            Sku(
                style_id=ids[style.code],
                colour_id=colours[variant.colour],
                size=variant.size,
                code=variant.code or rules.sku_code(style.code, variant.colour, variant.size),
                barcode=variant.barcode or None,
            )
            for style in styles
            for variant in style.variants
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _tell(
    rows: dict[str, Style], ids: dict[str, int], created: frozenset[str], changed: frozenset[str], actor: int | None
) -> None:
    record_all(
        Note(
            StyleSaved(style_id=ids[code], price_fen=row.price_fen, created=code in created),
            subject=Ref("style", ids[code]),
            actor=actor,
        )
        for code, row in rows.items()
        if code in created or code in changed
    )
