"""What customers write and are answered, for programs that bring messages of their own channel."""

from typing import Annotated, Any, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key, repetition_key, store_by_code
from clothier.api.v1.types import MOST, At, Body, Code, Id, PathId
from clothier.conversations import services
from clothier.conversations.contracts import MessageView
from clothier.conversations.selectors import messages_after, thread_for
from clothier.customers.selectors import is_living
from clothier.kernel.errors import Refused
from clothier.staff.selectors import employees_for

router = Router(tags=["chats"])
# Longer than anybody writes; what cannot be printed is left out when it is kept.
Said = Annotated[str, Field(min_length=1, max_length=10_000)]


class MessageIn(Body):
    """What somebody wrote to you. `id` is your number of it: told again it is the same message. `sender` is your number
    of the person; `customer` ours, where you know it.
    """

    id: Code
    sender: Code
    text: Said
    customer: Id | None = None
    store: Code | None = None
    occurred_at: At | None = None


class ReplyIn(Body):
    """An answer by a colleague. `insist`: why an expression the house rules forbid is sent all the same."""

    text: Said
    employee: Id
    insist: str = Field("", max_length=120)


class MessageOut(Schema):
    """`state` of what we wrote: queued, sent, failed, delivered or read."""

    id: int
    chat: int
    channel: str
    author: str
    text: str | None
    at: At
    state: str


class MessagesOut(Schema):
    items: list[MessageOut]
    next: int | None = Field(description="Ask for what comes later with ?after=…; null when there is no more yet.")


class After(Schema):
    after: int = Field(0, ge=0, le=MOST)
    limit: int = Field(100, ge=1, le=200)


@router.post("/chats/messages", auth=Key(Scope.CHATS_WRITE), response={201: MessageOut}, summary="Somebody writes")
def write(request: HttpRequest, body: MessageIn) -> object:
    who = cast(CallerRequest, request).auth
    if body.customer is not None and not is_living(body.customer):
        raise Refused(_("没有这位顾客"), field="customer")
    message = services.receive(
        channel="api",
        # Two programs may number people and messages alike.
        sender=f"{who.key}:{body.sender}",
        external_id=f"{who.key}:{body.id}",
        text=body.text,
        customer=body.customer,
        store=store_by_code(who, body.store) if body.store else None,
        occurred_at=body.occurred_at,
    )
    return Status(201, _out(messages_after(message.contact.thread_id, message.pk - 1, 1)[0]))


@router.get(
    "/chats/{chat}/messages", auth=Key(Scope.CHATS_READ), response=MessagesOut, summary="What was said since a message"
)
def said(request: HttpRequest, chat: PathId, where: Query[After]) -> object:
    found = messages_after(_chat(request, chat), where.after, where.limit, internal=False)
    return {"items": [_out(one) for one in found], "next": found[-1].id if len(found) == where.limit else None}


@router.post(
    "/chats/{chat}/replies", auth=Key(Scope.CHATS_WRITE), response={201: MessageOut}, summary="A colleague answers"
)
def reply(request: HttpRequest, chat: PathId, body: ReplyIn) -> object:
    caller = cast(CallerRequest, request)
    thread = _chat(request, chat)
    if not employees_for(caller.auth.viewer).filter(pk=body.employee).exists():
        raise Refused(_("没有这位员工"), field="employee")
    sent = services.reply(
        thread=thread, text=body.text, actor=body.employee, insist=body.insist, key=repetition_key(caller)
    )
    return Status(201, _out(messages_after(thread, sent.pk - 1, 1)[0]))


def _chat(request: HttpRequest, chat: int) -> int:
    """The conversation the number stands for now, if the key reaches its store."""
    found = thread_for(cast(CallerRequest, request).auth.viewer, chat)
    if found is None:
        raise Http404
    return found.id


def _out(one: MessageView) -> dict[str, Any]:
    return {
        "id": one.id,
        "chat": one.thread_id,
        "channel": one.channel,
        "author": one.author,
        "text": one.text,
        "at": one.at,
        "state": one.dispatch,
    }
