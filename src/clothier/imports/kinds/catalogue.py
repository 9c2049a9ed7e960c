"""Catalogues: a style a row, or a variant a row with neighbouring rows of one code making the style."""

import re
from collections.abc import Sequence
from dataclasses import replace

from clothier.catalog.contracts import CategoryFacts, ColourFacts, StyleFacts, VariantFacts
from clothier.catalog.services import save_categories, save_colours, upsert_styles
from clothier.imports.contracts import CellRefused, Column, Counts, Kind, Plainly, Plan, Row, gettext_noop
from clothier.imports.kinds.base import Context, Fate, RowsRefused, Unit
from clothier.imports.kinds.single import SingleRows
from clothier.imports.rules import values
from clothier.imports.rules.goods import gender_of, season_of, slug

COLUMNS = (
    Column("code", gettext_noop("款号"), True, (
        "style", "style code", "style no", "style id", "id",
        "product id", "product code", "article", "货号", "商品编码",
    )),
    Column("name", gettext_noop("名称"), True, (
        "product name", "productDisplayName", "title", "style name", "商品名称", "品名", "款式名称",
    )),
    Column("name_en", gettext_noop("英文名"), False, ("english name", "英文名称")),
    Column("category", gettext_noop("品类"), False, (
        "articleType", "category", "type", "subCategory", "类别", "分类", "大类",
    )),
    Column("colour", gettext_noop("颜色"), False, ("baseColour", "color", "colour", "色号", "颜色名称")),
    Column("size", gettext_noop("尺码"), False, ("sizes", "尺寸", "规格", "码数")),
    Column("barcode", gettext_noop("条码"), False, ("ean", "upc", "gtin", "国际条码", "条形码")),
    Column("price", gettext_noop("吊牌价"), False, (
        "list price", "retail price", "msrp", "零售价", "售价", "价格", "标价",
    )),
    Column("cost", gettext_noop("成本"), False, ("cost price", "成本价", "进价")),
    Column("brand", gettext_noop("品牌"), False, ("brand name",)),
    Column("gender", gettext_noop("人群"), False, ("sex", "department", "性别", "适用人群")),
    Column("season", gettext_noop("季节"), False, ("适用季节",)),
    Column("year", gettext_noop("年份"), False, ("上市年份",)),
    Column("usage", gettext_noop("场合"), False, ("occasion", "usage", "适用场合", "场景")),
)  # fmt: skip

_LIST = re.compile(r"[/、,，;；|\s]+")
ONE_SIZE = "均码"


class Catalogue(SingleRows[StyleFacts]):
    kind = Kind.CATALOGUE
    columns = COLUMNS

    def __init__(self, plan: Plan, context: Context) -> None:
        super().__init__(plan, context)
        self._code = self.at("code")
        self._colours: dict[str, str] = {}
        self._categories: dict[str, str] = {}

    def key(self, row: Row) -> str:
        return values.code(row.cells[self._code])

    def convert(self, rows: list[Row]) -> StyleFacts:
        """One style of its rows. Rows that contradict the first on name or price are refused with it."""
        style = super().convert(rows[:1])
        variants = list(style.variants)
        for row in rows[1:]:
            other = super().convert([row])
            if (other.name, other.price_fen) != (style.name, style.price_fen):
                raise RowsRefused([(row, CellRefused(gettext_noop("同一款号的名称或价格不一致")))])
            variants += [variant for variant in other.variants if variant not in variants]
        return replace(style, variants=tuple(variants))

    def read(self, row: Row) -> StyleFacts:
        colour, category = self.text(row, "colour", 30), self.text(row, "category", 40)
        self._colours.setdefault(slug(colour), colour)
        self._categories.setdefault(slug(category, 30), category)
        return StyleFacts(
            code=self.needed(row, "code", 30),
            name=self.needed(row, "name", 80),
            name_en=self.text(row, "name_en", 120),
            category=slug(category, 30) or "other",
            price_fen=self._fen(row, "price") or 0,
            cost_fen=self._fen(row, "cost"),
            brand=self.text(row, "brand", 40),
            gender=gender_of(self.text(row, "gender")),
            season=season_of(self.text(row, "season")),
            year=self._year(row),
            tags=tuple(tag for tag in [self.text(row, "usage", 40)] if tag),
            variants=tuple(
                VariantFacts(colour=slug(colour), size=size, barcode=values.code(self.text(row, "barcode", 32)))
                for size in self._sizes(row)
                if colour
            ),
        )

    def save(self, units: Sequence[Unit[StyleFacts]], counts: Counts) -> list[Fate | Plainly]:
        self._name_new_ones(units)
        styles = list({unit.facts.code: unit.facts for unit in units}.values())
        saved = upsert_styles(styles=styles, actor=self.context.actor)
        touched = saved.created | saved.changed
        counts.remark("styles_created", len(saved.created))
        counts.remark("styles_changed", len(saved.changed))
        return [Fate.IMPORTED if unit.facts.code in touched else Fate.ALREADY for unit in units]

    def _name_new_ones(self, units: Sequence[Unit[StyleFacts]]) -> None:
        """Colours and categories the house does not know yet get the file's names; known ones keep their own."""
        colours = {variant.colour for unit in units for variant in unit.facts.variants}
        categories = {unit.facts.category for unit in units} & self._categories.keys()
        save_colours(
            colours=[ColourFacts(code=code, **_names(self._colours[code])) for code in sorted(colours)], rename=False
        )
        save_categories(
            categories=[CategoryFacts(code=code, **_names(self._categories[code])) for code in sorted(categories)],
            rename=False,
        )

    def _sizes(self, row: Row) -> list[str]:
        text = self.text(row, "size", 120)
        return [size[:12] for size in _LIST.split(text) if size] or [ONE_SIZE]

    def _fen(self, row: Row, column: str) -> int | None:
        text = row.cells[self.at(column)]
        if not text.strip():
            return None
        amount = values.fen(values.micros(text))
        if amount < 0:
            raise CellRefused(gettext_noop("“%(text)s”是负数"), text=text)
        return amount

    def _year(self, row: Row) -> int | None:
        text = values.code(row.cells[self.at("year")])
        return int(text) if text.isdecimal() and 1900 < int(text) < 2100 else None


def _names(text: str) -> dict[str, str]:
    return {"name": text, "name_en": text if text.isascii() else ""}
