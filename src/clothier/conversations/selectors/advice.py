"""What may be said next in a conversation: the nearest answers to what the customer asked and nobody has answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from clothier.conversations.bot.answering import found
from clothier.conversations.bot.asking import asks_for, says_only
from clothier.conversations.contracts import Author, Question
from clothier.conversations.models import Contact, Message
from clothier.conversations.sealing import opened
from clothier.kernel import clock
from clothier.knowledge.selectors import answer_of, language_of
from clothier.standards.selectors import document

# So far back the customer's words are looked for; so many of them are asked about; so many answers are offered.
BACK, ASKED, OFFERED = 20, 2, 3


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the customer that no person has answered."""

    message: int
    text: str
    channel: str
    customer: int | None


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that may be given as it stands; no article where it was drawn from live facts."""

    article: int | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`message` holds the words that the options answer."""

    message: int
    options: tuple[Option, ...]


def unanswered(thread: int) -> list[Said]:
    """What the customer wrote since a person last answered, newest first. Whose thread it is `thread_for` has asked.

    `customer` is who it is known to be, where the channel vouches for it.
    """
    held = list(Contact.objects.filter(thread=thread).values_list("pk", flat=True))
    rows = Message.objects.filter(contact__in=held, internal=False).select_related("contact").order_by("-pk")[:BACK]
    said: list[Said] = []
    for row in rows:
        if row.author == Author.AGENT:
            break
        if row.author == Author.CUSTOMER and (text := opened(row.contact.key, row.sealed)):
            said.append(Said(row.pk, text, row.channel, row.contact.customer_id if row.contact.proven else None))
    return said


def proposal(thread: int, said: list[Said], *, store: int | None) -> Proposal | None:
    """The nearest answers to the newest of these words that any are near to; None where none are."""
    for one in _questions(said):
        if options := tuple(_options(thread, one, store))[:OFFERED]:
            return Proposal(one.message, options)
    return None


def _questions(said: list[Said]) -> list[Said]:
    """Without courtesies and wishes for a person: neither is in the library."""
    bot, people = document("bot"), document("service").hand_over.ask
    courtesies = (*bot.hello.signs, *bot.thanks.signs)
    return [one for one in said if not asks_for(one.text, people) and not says_only(one.text, courtesies)][:ASKED]


def _options(thread: int, said: Said, store: int | None) -> Iterator[Option]:
    now, language = clock.now(), language_of(said.text)
    asked = Question(said.text, thread, said.channel, said.customer, store, now, language)
    hit = found(asked)
    if "skill" in hit.sources:
        yield Option(None, "", hit.text)
    for near in hit.candidates:
        told = answer_of(near.article, channel=said.channel, at=now, language=language)
        if told:
            yield Option(near.article, near.title, told.text)
