"""Pages by key: `after` is the cursor the page before gave. No offset, no total."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema
from pydantic import Field

from clothier.api.v1.types import MOST

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class PageQuery(Schema):
    after: int | None = Field(None, ge=1, le=MOST, description="The `next` of the page before.")
    limit: int = Field(50, ge=1, le=200)


class Page(Schema, Generic[T]):
    items: list[T]
    next: int | None = Field(description="Ask for the next page with ?after=…; null on the last.")


def page(rows: QuerySet[M], where: PageQuery, out: Callable[[M], Any]) -> dict[str, Any]:
    """Newest first, one query. One row more than asked for tells whether there is a next page."""
    if where.after:
        rows = rows.filter(pk__lt=where.after)
    found = list(rows.order_by("-pk")[: where.limit + 1])
    shown = found[: where.limit]
    return {"items": [out(row) for row in shown], "next": shown[-1].pk if len(found) > where.limit else None}
