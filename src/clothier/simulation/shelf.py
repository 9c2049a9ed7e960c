"""What a sold line needs to know of a variant, looked up by style, colour and size index."""

from collections.abc import Sequence
from dataclasses import dataclass

from clothier.catalog.contracts import StyleFacts
from clothier.catalog.selectors import variants

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Variant:
    sku: int
    code: str
    colour: str
    size: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The styles in the generator's order, with the database's ids of their variants."""

    styles: Sequence[StyleFacts]
    variants: dict[Place, Variant]

    @classmethod
    def of(cls, styles: Sequence[StyleFacts]) -> "Shelf":
        stored = {(style, colour, size): pk for pk, _, style, colour, size in variants()}
        found: dict[Place, Variant] = {}
        for index, style in enumerate(styles):
            colours = list(dict.fromkeys(variant.colour for variant in style.variants))
            sizes = list(dict.fromkeys(variant.size for variant in style.variants))
            for c, colour in enumerate(colours):
                for s, size in enumerate(sizes):
                    code = f"{style.code}-{colour}-{size}".upper()
                    found[index, c, s] = Variant(stored[style.code, colour, size], code, colour, size)
        return cls(styles, found)
