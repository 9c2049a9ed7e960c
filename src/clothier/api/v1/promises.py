"""Promises: what runs, what broke."""

from typing import Literal, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, store_by_code
from clothier.api.v1.paging import Page, PageQuery
from clothier.api.v1.types import At, Code
from clothier.standards.selectors.promises import promises_for

router = Router(tags=["promises"])
STATE = Literal["running", "paused", "kept", "broken", "cancelled", "waived"]


class PromiseOut(Schema):
    id: int
    key: str
    name: str
    subject: str
    store: int | None
    customer: int | None
    state: str
    started_at: At
    due_at: At | None
    target_seconds: int
    elapsed_seconds: int


@router.get("/promises", auth=Key(Scope.PROMISES_READ), response=Page[PromiseOut], summary="Promises, newest first")
def promises(
    request: HttpRequest, where: Query[PageQuery], state: STATE | None = None, store: Code | None = None
) -> object:
    who = cast(CallerRequest, request).auth
    found = promises_for(
        who.viewer,
        states=[state] if state else None,
        store=store_by_code(who, store) if store else None,
        before=where.after,
        limit=where.limit + 1,
    )
    shown = found[: where.limit]
    items = [
        {
            "id": each.id,
            "key": each.key,
            "name": each.name,
            "subject": str(each.subject),
            "store": each.store_id,
            "customer": each.customer_id,
            "state": each.state,
            "started_at": each.started_at,
            "due_at": each.due_at,
            "target_seconds": each.target_seconds,
            "elapsed_seconds": each.elapsed_seconds,
        }
        for each in shown
    ]
    return {"items": items, "next": shown[-1].id if len(found) > where.limit else None}
