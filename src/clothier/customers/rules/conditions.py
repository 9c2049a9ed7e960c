"""The condition language of segments and rule tags: a typed tree over profile, behaviour, tags, facts and consent."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

DEEPEST = 5
WIDEST = 40


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class All(_Node):
    """Every part holds; no part at all holds for everybody."""

    kind: Literal["all"] = "all"
    of: tuple["Condition", ...] = Field(default=(), max_length=WIDEST)


class Any_(_Node):
    kind: Literal["any"] = "any"
    of: tuple["Condition", ...] = Field(min_length=1, max_length=WIDEST)


class Not(_Node):
    kind: Literal["not"] = "not"
    of: "Condition"


class InLayer(_Node):
    kind: Literal["layer"] = "layer"
    layers: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")], ...] = Field(min_length=1, max_length=20)


Figure = Literal[
    "orders", "returns", "items", "visits", "fittings", "spend_fen", "margin_fen", "window_orders",
    "window_spend_fen", "expected_purchases_90d", "p_alive", "lifetime_value_fen",
]  # fmt: skip
Moment = Literal["registered_at", "first_purchase_at", "last_purchase_at", "last_visit_at"]


class FigureBetween(_Node):
    """A counted or predicted figure, both ends included. Money is fen."""

    kind: Literal["figure"] = "figure"
    figure: Figure
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def bounded(self) -> "FigureBetween":
        if self.least is None and self.most is None:
            raise ValueError("give a least or a most")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least is above the most")
        return self


class MomentAgo(_Node):
    """A moment at least and/or at most so many days ago; `never` where it has not happened."""

    kind: Literal["moment"] = "moment"
    moment: Moment
    at_least_days: int | None = Field(None, ge=0, le=36_500)
    at_most_days: int | None = Field(None, ge=0, le=36_500)
    never: bool = False

    @model_validator(mode="after")
    def bounded(self) -> "MomentAgo":
        if not self.never and self.at_least_days is None and self.at_most_days is None:
            raise ValueError("give a number of days, or never")
        return self


class Tagged(_Node):
    kind: Literal["tag"] = "tag"
    tag: int


class Knows(_Node):
    """A wardrobe fact such as size M of coats. Vault facts cannot be asked for."""

    kind: Literal["fact"] = "fact"
    field: Literal[
        "size", "fit", "colour", "colour_avoid", "style", "fabric", "price_band", "occasion", "sensitivity", "need"
    ]
    value: str = Field(min_length=1, max_length=80)
    qualifier: str = Field("", max_length=40)


class Agreed(_Node):
    """An unwithdrawn consent."""

    kind: Literal["consent"] = "consent"
    purpose: Literal["service", "marketing", "personal", "analysis"]
    channel: Literal["none", "in_store", "phone", "sms", "wechat", "wecom", "email"]


class Did(_Node):
    """So many purchases, returns, visits or fittings within the last days, perhaps in one store."""

    kind: Literal["did"] = "did"
    deed: Literal["purchase", "return", "visit", "fitting"]
    days: int = Field(ge=1, le=3_650)
    least: int = Field(1, ge=1, le=1_000)
    store: int | None = None


class LastStore(_Node):
    kind: Literal["store"] = "store"
    stores: tuple[int, ...] = Field(min_length=1, max_length=200)


class BirthdayWithin(_Node):
    """The birthday is today or within the next days."""

    kind: Literal["birthday"] = "birthday"
    days: int = Field(ge=0, le=60)


Condition = Annotated[
    All | Any_ | Not | InLayer | FigureBetween | MomentAgo | Tagged | Knows | Agreed | Did | LastStore | BirthdayWithin,
    Field(discriminator="kind"),
]
All.model_rebuild()
Any_.model_rebuild()
Not.model_rebuild()

_adapter: TypeAdapter[Any] = TypeAdapter(Condition)


class TooDeep(ValueError):
    """The tree nests further than anybody can read."""


def parse(data: object) -> Any:
    """The condition tree of plain data. Raises pydantic.ValidationError, or TooDeep."""
    tree = _adapter.validate_python(data)
    if depth(tree) > DEEPEST:
        raise TooDeep(f"a condition nests at most {DEEPEST} deep")
    return tree


def depth(node: Any) -> int:
    parts = getattr(node, "of", ())
    inner = parts if isinstance(parts, tuple) else (parts,)
    return 1 + max((depth(part) for part in inner), default=0)


def mentions(node: Any) -> frozenset[int]:
    """The tags a condition asks for."""
    if node.kind == "tag":
        return frozenset({node.tag})
    parts = getattr(node, "of", ())
    inner = parts if isinstance(parts, tuple) else (parts,)
    return frozenset[int]().union(*(mentions(part) for part in inner))
