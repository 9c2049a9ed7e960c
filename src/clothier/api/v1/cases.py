"""Cases: what a mini program or a service desk elsewhere opens, reads and answers."""

from datetime import datetime
from typing import Annotated, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, repetition_key, store_by_code
from clothier.api.v1.paging import Page, PageQuery
from clothier.api.v1.types import At, Body, Code, Id, PathId
from clothier.cases import services
from clothier.cases.contracts import OPEN_STATES, CaseView, Kind, LineReason, NewLine, NoteKind, Origin, Severity, Topic
from clothier.cases.selectors import CaseFile, card_token, case_for, cases_for
from clothier.customers.selectors import person_of
from clothier.kernel.errors import Refused
from clothier.staff.selectors import roles_of

router = Router(tags=["cases"])
Words = Annotated[str, Field(min_length=1, max_length=5_000)]


class LineIn(Body):
    line: Id
    quantity: int = Field(1, ge=1, le=1_000, strict=True)
    reason: LineReason = LineReason.OTHER


class CaseIn(Body):
    """`lines` are lines of `order`: what comes back, or is to be repaired."""

    kind: Kind
    topic: Topic = Topic.PRODUCT
    severity: Severity = Severity.MINOR
    text: Words
    store: Code | None = None
    customer: Id | None = None
    order: Id | None = None
    lines: list[LineIn] = Field(default=[], max_length=50)


class WordsIn(Body):
    text: Words


class ReplyIn(Body):
    """`employee` wrote it: only a person's answer keeps a promise."""

    text: Words
    employee: Id


class CaseOut(Schema):
    """`holder` has the goods, where goods are concerned; `number` is what people call the case by."""

    id: int
    number: str
    kind: str
    topic: str
    severity: str
    state: str
    waiting_for: str
    holder: str
    store: int | None
    customer: int | None
    owner: int | None
    opened_at: At
    changed_at: At


class SaidOut(Schema):
    kind: str
    at: At
    text: str


class WholeOut(CaseOut):
    """With what was said between us and the customer, and the token of the service card."""

    said: list[SaidOut]
    card: str


@router.get("/cases", auth=Key(Scope.CASES_READ), response=Page[CaseOut], summary="Cases, newest first")
def cases(
    request: HttpRequest,
    where: Query[PageQuery],
    store: Code | None = None,
    customer: PathId | None = None,
    open: bool = True,
) -> object:
    who = cast(CallerRequest, request).auth
    found = cases_for(
        who.viewer,
        states=OPEN_STATES if open else (),
        store=store_by_code(who, store) if store else None,
        customer=[customer] if customer is not None else (),
        before=where.after,
        limit=where.limit,
    )
    return {"items": [_case(view) for view in found.cases], "next": found.before}


@router.post("/cases", auth=Key(Scope.CASES_WRITE), response={201: CaseOut}, summary="A case is opened")
def open_case(request: HttpRequest, body: CaseIn) -> object:
    caller = cast(CallerRequest, request)
    if body.customer is not None and person_of(body.customer) is None:
        raise Refused(_("没有这位顾客"), field="customer")
    store = store_by_code(caller.auth, body.store) if body.store else None
    if store is None and caller.auth.viewer.stores is not None:
        raise Refused(_("请指明门店"), field="store")
    row = services.open_case(
        kind=body.kind, topic=body.topic, severity=body.severity, text=body.text, origin=Origin.API,
        customer=body.customer, store=store, order=body.order,
        lines=[NewLine(one.line, one.quantity, one.reason) for one in body.lines],
        key=repetition_key(caller),
    )  # fmt: skip
    return Status(201, _case(_seen(caller, row.pk).view))


@router.get("/cases/{case}", auth=Key(Scope.CASES_READ), response=WholeOut, summary="One case")
def one(request: HttpRequest, case: PathId) -> object:
    found = _seen(cast(CallerRequest, request), case)
    said = [
        {"kind": note.kind, "at": note.at, "text": note.text}
        for note in found.notes
        if note.kind is not NoteKind.INTERNAL
    ]
    return {**_case(found.view), "said": said, "card": card_token(case)}


@router.post(
    "/cases/{case}/replies", auth=Key(Scope.CASES_WRITE), response={201: CaseOut}, summary="A person answers in writing"
)
def reply(request: HttpRequest, case: PathId, body: ReplyIn) -> object:
    caller = cast(CallerRequest, request)
    _seen(caller, case)
    if not roles_of([body.employee]):
        raise Refused(_("没有这位员工"), field="employee")
    services.reply(case=case, text=body.text, actor=body.employee, channel="api", key=repetition_key(caller))
    return Status(201, _case(_seen(caller, case).view))


@router.post(
    "/cases/{case}/words", auth=Key(Scope.CASES_WRITE), response={201: CaseOut}, summary="The customer says something"
)
def words(request: HttpRequest, case: PathId, body: WordsIn) -> object:
    caller = cast(CallerRequest, request)
    _seen(caller, case)
    services.customer_wrote(case=case, text=body.text, channel="api", key=repetition_key(caller))
    return Status(201, _case(_seen(caller, case).view))


def _seen(caller: CallerRequest, case: int) -> CaseFile:
    found = case_for(caller.auth.viewer, case)
    if found is None:
        raise Http404
    return found


def _case(view: CaseView) -> dict[str, int | str | datetime | None]:
    return {
        "id": view.id,
        "number": view.number,
        "kind": view.kind,
        "topic": view.topic,
        "severity": view.severity,
        "state": view.state,
        "waiting_for": view.waiting_for,
        "holder": view.holder,
        "store": view.store_id,
        "customer": view.customer_id,
        "owner": view.owner_id,
        "opened_at": view.opened_at,
        "changed_at": view.changed_at,
    }
