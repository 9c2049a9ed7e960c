"""One line of the event stream."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from clothier.api.v1.orders import LineIn
from clothier.api.v1.types import CLOSED, At, Code, Id
from clothier.api.v1.visits import VIA

LONGEST = 256 * 1024
Key = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\x21-\x7e]+$")]


class IdentifierOf(BaseModel):
    model_config = CLOSED
    kind: Literal["member", "phone", "unionid", "openid", "rfid", "plate"]
    value: Code


class _Line(BaseModel):
    """`key` makes a repetition harmless: the same key is recorded once, whenever it comes again."""

    model_config = CLOSED
    key: Key
    store: Code
    at: At | None = None


class ArrivalLine(_Line):
    type: Literal["arrival"]
    via: VIA = "check_in"
    customer: Id | None = None
    identifier: IdentifierOf | None = None
    party_size: int = Field(1, ge=1, le=50)


class ZoneLine(_Line):
    """A stay; its visit by number, or by the key of the arrival line that opened it."""

    type: Literal["zone"]
    visit: Id | None = None
    visit_key: Key | None = None
    zone: Code
    dwell_seconds: int = Field(ge=0, le=86_400)


class OrderLine(_Line):
    """A sale or a return; `key` is the till's number for it."""

    type: Literal["sale", "return"]
    customer: Id | None = None
    identifier: IdentifierOf | None = None
    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$")
    lines: list[LineIn] = Field(min_length=1, max_length=500)


Line = Annotated[ArrivalLine | ZoneLine | OrderLine, Field(discriminator="type")]
_READ: TypeAdapter[ArrivalLine | ZoneLine | OrderLine] = TypeAdapter(Line)


class BadLine(ValueError):
    """The line cannot be used; the message says why."""


def read(line: bytes) -> ArrivalLine | ZoneLine | OrderLine:
    """Raises BadLine."""
    if len(line) > LONGEST:
        raise BadLine(f"longer than {LONGEST // 1024} KB")
    try:
        return _READ.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        raise BadLine(f"{place}: {first['msg']}" if place else first["msg"]) from None
