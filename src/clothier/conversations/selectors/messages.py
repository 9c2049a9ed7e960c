"""What was said in a conversation, page by page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from clothier.conversations.contracts import Author, FileView, MessageView
from clothier.conversations.models import Attachment, Contact, Dispatch, Message
from clothier.conversations.rules.files import IMAGES
from clothier.conversations.sealing import opened
from clothier.kernel.rows import prepared
from clothier.staff.selectors import names_of


def messages(thread: int, before: int | None = None, limit: int = 50, *, internal: bool = True) -> list[MessageView]:
    """The latest messages before a message's id, in the order they were said. Whose thread it is `thread_for` has
    asked. Without `internal`: as the customer sees it.
    """
    held = _contacts(thread=thread)
    return views(thread, _said(contacts=held, before=before, internal=internal, limit=limit)[::-1])


@prepared
def _contacts(thread: int) -> "QuerySet[Contact, int]":
    return Contact.objects.filter(thread=thread).values_list("pk", flat=True)


@prepared
def _said(contacts: list[int], before: int | None, internal: bool, limit: int) -> "QuerySet[Message, Message]":
    rows = Message.objects.filter(contact__in=contacts).select_related("contact", "dispatch").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    return (rows if internal else rows.filter(internal=False))[:limit]


def messages_after(thread: int, after: int, limit: int = 100, *, internal: bool = True) -> list[MessageView]:
    """What was said since a message's id, for a page that is open."""
    held = _contacts(thread=thread)
    return views(thread, _since(contacts=held, after=after, internal=internal, limit=limit))


@prepared
def _since(contacts: list[int], after: int, internal: bool, limit: int) -> "QuerySet[Message, Message]":
    rows = Message.objects.filter(contact__in=contacts, pk__gt=after).order_by("pk")
    return (rows if internal else rows.filter(internal=False)).select_related("contact", "dispatch")[:limit]


def journeys(messages: Iterable[int]) -> dict[int, tuple[str, str]]:
    """How far messages of ours have come, and what went wrong, by their ids."""
    rows = Dispatch.objects.filter(message__in=list(messages))
    return {pk: (state, error) for pk, state, error in rows.values_list("pk", "state", "error")}


def views(thread: int, rows: "Sequence[Message] | QuerySet[Message]") -> list[MessageView]:
    told = list(rows)
    names, files = names_of(row.employee_id for row in told), _files(told)
    return [_view(thread, row, names, files.get(row.pk, ())) for row in told]


def page_of(thread: int, rows: QuerySet[Message], limit: int) -> list[MessageView]:
    """The first of these rows, which come newest first, in the order they were said."""
    return views(thread, list(reversed(rows.select_related("contact", "dispatch")[:limit])))


def _files(rows: Sequence[Message]) -> dict[int, tuple[FileView, ...]]:
    wanted = {row.pk: row.contact.key for row in rows if row.files}
    if not wanted:
        return {}
    found: defaultdict[int, tuple[FileView, ...]] = defaultdict(tuple)
    for one in Attachment.objects.filter(message__in=wanted).order_by("pk"):
        name = opened(wanted[one.message_id], one.sealed_name) or ""
        found[one.message_id] += (FileView(one.pk, name, one.media_type, one.size, one.media_type in IMAGES),)
    return found


def _view(thread: int, row: Message, names: dict[int, str], files: tuple[FileView, ...]) -> MessageView:
    dispatch = getattr(row, "dispatch", None)
    return MessageView(
        id=row.pk,
        thread_id=thread,
        channel=row.channel,
        author=Author(row.author),
        employee_id=row.employee_id,
        employee=names.get(row.employee_id or 0, ""),
        text=opened(row.contact.key, row.sealed),
        internal=row.internal,
        at=row.at,
        dispatch=dispatch.state if dispatch else "",
        error=dispatch.error if dispatch else "",
        files=files,
        withdrawn=row.withdrawn_at is not None,
        sources=row.sources,
    )
