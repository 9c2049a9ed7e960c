"""How a store's day closed and what its drawers held: for accounting and head office's own systems."""

from datetime import date
from typing import cast

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, store_by_code
from clothier.api.v1.types import At, Code
from clothier.settlement.selectors import TillSession, day_rows, days_for, sessions_for

router = Router(tags=["settlement"])


class FigureOut(Schema):
    """One line of the day: sales, returns, points or a way to pay; `refund_fen` is below zero."""

    line: str
    count: int
    fen: int
    refunds: int
    refund_fen: int


class DrawerOut(Schema):
    """A drawer from float to close. While it runs nobody is told what should be in it, so that it is counted."""

    till: str
    opened_at: At
    float_fen: int
    closed_at: At | None
    counted_fen: int | None
    expected_fen: int | None
    difference_fen: int | None
    reason: str


class DayOut(Schema):
    """`late`: payments and refunds told after their own day was closed, which this day took in."""

    store: str
    date: date
    state: str
    closed_at: At | None
    matched_at: At | None
    takings_fen: int
    differences: int
    late: int
    figures: list[FigureOut]
    drawers: list[DrawerOut]


@router.get("/days/{store}/{day}", auth=Key(Scope.SETTLEMENT_READ), response=DayOut, summary="One store's day")
def business_day(request: HttpRequest, store: Code, day: date) -> object:
    viewer = cast(CallerRequest, request).auth.viewer
    found = days_for(viewer).filter(store=store_by_code(cast(CallerRequest, request).auth, store), date=day).first()
    if found is None:
        raise Http404
    (row,) = day_rows([found])
    return {
        "store": store,
        "date": day,
        "state": row.state,
        "closed_at": found.closed_at,
        "matched_at": found.matched_at,
        "takings_fen": row.takings_fen,
        "differences": row.differences,
        "late": row.late,
        "figures": list(found.figures.order_by("line").values("line", "count", "fen", "refunds", "refund_fen")),
        "drawers": [_drawer(each) for each in sessions_for(viewer).filter(day=found)],
    }


@router.get(
    "/drawers/{store}/{till}", auth=Key(Scope.SETTLEMENT_READ), response=DrawerOut, summary="A till's latest drawer"
)
def drawer(request: HttpRequest, store: Code, till: Code) -> object:
    who = cast(CallerRequest, request).auth
    latest = sessions_for(who.viewer).filter(till__store=store_by_code(who, store), till__code=till).first()
    if latest is None:
        raise Http404
    return _drawer(latest)


def _drawer(session: TillSession) -> dict[str, object]:
    return {
        "till": session.till.code,
        "opened_at": session.opened_at,
        "float_fen": session.float_fen,
        "closed_at": session.closed_at,
        "counted_fen": session.counted_fen,
        "expected_fen": session.expected_fen,
        "difference_fen": session.difference_fen,
        "reason": session.reason,
    }
