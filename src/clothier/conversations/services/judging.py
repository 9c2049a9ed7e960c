"""What was good and what was wrong: the customer's stars, a colleague's mark on the bot's answer, and which of the
answers that were proposed a colleague took.
"""

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
from clothier.knowledge.selectors import answer_of, language_of
from clothier.knowledge.services import click_candidate, mark_false

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
    """The first it stood on; none where it was drawn from live facts."""
    return next((article for article, _version in row.sources.get("articles", ())), None)


def take_proposal(*, thread: int, message: int, article: int, actor: int) -> str:
    """A colleague takes an article's answer to the customer's words: so the library learns what was meant. Gives the
    answer; empty where the article says nothing now, or the words are not of this conversation.
    """
    said = Message.objects.filter(pk=message, contact__thread=thread, author=Author.CUSTOMER).select_related("contact")
    row = said.first()
    text = opened(row.contact.key, row.sealed) if row else None
    if row is None or not text:
        return ""
    told = answer_of(article, channel=row.channel, at=clock.now(), language=language_of(text))
    if told is None:
        return ""
    click_candidate(text=text, article=article, who=f"employee:{actor}")
    return told.text
