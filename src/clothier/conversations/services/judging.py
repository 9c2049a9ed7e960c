"""What was good and what was wrong: the customer's stars, and a colleague's mark on the bot's answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations.contracts import Author
from clothier.conversations.events import ChatRated
from clothier.conversations.models import Message, Rating, Thread
from clothier.conversations.sealing import opened
from clothier.conversations.services import threads
from clothier.conversations.services.telling import tell
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge.services import mark_false

STARS = range(1, 6)


def rate(*, thread: int, score: int) -> Rating:
    """The customer's word on this time; the first one counts."""
    if score not in STARS:
        raise Refused(_("请给 1 到 5 星。"), field="score")
    with transaction.atomic():
        row = threads.locked(thread)
        rating, first = Rating.objects.get_or_create(
            thread=row,
            opened_at=row.opened_at,
            defaults={"score": score, "employee_id": _answered_by(row), "at": clock.now()},
        )
        if first:
            tell(row, ChatRated(thread_id=row.pk, score=score, employee_id=rating.employee_id))
        return rating


def _answered_by(row: Thread) -> int | None:
    said = Message.objects.filter(contact__thread=row, author=Author.AGENT, internal=False, at__gte=row.opened_at)
    return said.order_by("-pk").values_list("employee", flat=True).first()


def mark_wrong(*, thread: int, message: int, actor: int) -> Message:
    """The bot's answer did not answer: the editors get the question. Marked twice it is marked once."""
    with transaction.atomic():
        row = Message.objects.select_for_update(of=("self",)).select_related("contact").filter(
            pk=message, contact__thread=thread, author=Author.BOT
        ).first()  # fmt: skip
        if row is None:
            raise Refused(_("只能标记机器人的回答。"))
        if not row.sources.get("wrong"):
            mark_false(text=_question(row), article=_article(row), channel=row.channel, actor=actor)
            row.sources = {**row.sources, "wrong": True}
            row.save(update_fields=["sources"])
        return row


def _question(row: Message) -> str:
    """What the customer had said last before the answer."""
    asked = Message.objects.filter(contact=row.contact, author=Author.CUSTOMER, pk__lt=row.pk).order_by("-pk").first()
    return (opened(row.contact.key, asked.sealed) if asked else None) or ""


def _article(row: Message) -> int | None:
    found = row.sources.get("article")
    return found if isinstance(found, int) else None
