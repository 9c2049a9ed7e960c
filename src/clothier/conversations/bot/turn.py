"""The bot's turn: a customer wrote and no person has the conversation. One answer, or a person with a reason."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F

from clothier.conversations import sealing
from clothier.conversations.bot import words
from clothier.conversations.bot.answering import Found, found
from clothier.conversations.bot.asking import asks_for, chosen, holds, says_only
from clothier.conversations.bot.summary import summary
from clothier.conversations.contracts import Author, Question, Reason, State
from clothier.conversations.events import ReplySent
from clothier.conversations.models import Message, Thread
from clothier.conversations.services.assigning import hand_over
from clothier.conversations.services.replying import reply
from clothier.conversations.services.threads import locked
from clothier.customers.selectors import records_of
from clothier.eventlog.selectors import first_told
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge.selectors import answer_of, language_of
from clothier.knowledge.services import click_candidate, note_gap
from clothier.language.services import in_traditional, leaning, matters, mood
from clothier.standards.contracts import customer_tiers
from clothier.standards.selectors import document

# How many of its own last words the bot looks back at, so as not to say them again.
BACK = 3
MANY = 50


@dataclass(frozen=True, slots=True)
class Turn:
    """What will be said, what it stands on, whether a question was missed (None: there was none), and whether a person
    comes in.
    """

    text: str
    sources: dict[str, Any] = field(default_factory=dict)
    missed: bool | None = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """The customer's message, opened, and what the bot said before it in this conversation, newest first."""

    message: Message
    thread: Thread
    text: str
    language: str
    said: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def traditional(self) -> bool:
        """Whether traditional characters are written here: in this message or, where it could be either, before."""
        leans = leaning(self.text) or (leaning(self.said[0][0]) if self.said else 0)
        return leans > 0

    def worded(self, text: str) -> str:
        """The words in the customer's own characters."""
        return in_traditional(text) if self.traditional else text

    @property
    def question(self) -> Question:
        contact = self.message.contact
        return Question(
            text=self.text,
            thread=self.thread.pk,
            channel=self.message.channel,
            customer=contact.customer_id if contact.proven else None,
            store=self.thread.store_id,
            at=clock.now(),
            language=self.language,
        )


def take_turn(message: int) -> None:
    """Answer one message, once; nothing where a person has the conversation. Call it inside a transaction.

    Held until the transaction ends: of two messages at once the second one's turn sees the first one's answer.
    """
    row = Message.objects.select_related("contact").get(pk=message)
    thread = locked(row.contact.thread_id)
    if thread.state != State.BOT or first_told(_key(message), ReplySent):
        return
    text = sealing.opened(row.contact.key, row.sealed)
    if text is None:
        return
    heard = Heard(row, thread, text, language_of(text), _said(thread))
    _do(heard, _unrepeated(heard, _decide(heard)))


def _key(message: int) -> str:
    return f"bot:{message}"


def _said(thread: Thread) -> tuple[tuple[str, dict[str, Any]], ...]:
    rows = Message.objects.filter(contact__thread=thread, author=Author.BOT, at__gte=thread.opened_at)
    last = rows.select_related("contact").order_by("-pk")[:BACK]
    return tuple((sealing.opened(one.contact.key, one.sealed) or "", one.sources) for one in last)


def _decide(heard: Heard) -> Turn:
    rules = document("service")
    if not heard.text:
        return Turn(words.handed(heard.language), reason=Reason.UNSURE)
    if mood(heard.text).anger * 100 >= rules.hand_over.anger:
        return Turn(words.sorry(heard.language), reason=Reason.ANGER)
    if asks_for(heard.text, rules.hand_over.ask):
        return Turn(words.handed(heard.language), reason=Reason.ASKED)
    if _is_vip(heard.thread, rules.hand_over.tiers):
        return Turn(words.handed(heard.language), reason=Reason.VIP)
    return _courteous(heard) or _choice(heard) or _answered(heard)


def _is_vip(thread: Thread, tiers: tuple[str, ...]) -> bool:
    if thread.customer_id is None or not tiers:
        return False
    return bool(set(customer_tiers.ask(records_of(thread.customer_id)).values()) & set(tiers))


def _courteous(heard: Heard) -> Turn | None:
    rules = document("bot")
    if says_only(heard.text, rules.hello.signs):
        again = rules.hello.say.say(heard.language)
        return Turn(again if heard.said else words.greeting(heard.language), missed=None)
    if says_only(heard.text, (*rules.hello.signs, *rules.thanks.signs)):
        return Turn(rules.thanks.say.say(heard.language), missed=None)
    return None


def _choice(heard: Heard) -> Turn | None:
    """One of the articles that were just offered, by its number or its words; or none of them, which is a miss."""
    offered = heard.said[0][1].get("candidates", []) if heard.said else []
    if not offered:
        return None
    if holds(heard.text, document("bot").neither):
        return _missed(heard)
    at = chosen(heard.text, [one["title"] for one in offered])
    if at is None:
        return None
    article, question = int(offered[at]["article"]), heard.question
    _learn(heard, article)
    told = answer_of(article, channel=question.channel, at=question.at, language=heard.language)
    if told is None:
        return _missed(heard)
    return Turn(told.text, {"articles": [[one.article, one.version] for one in told.sources]})


def _learn(heard: Heard, article: int) -> None:
    """What was asked before the choice is another way to ask for the article."""
    asked = Message.objects.select_related("contact").filter(pk=heard.said[0][1]["asked"]).first()
    text = sealing.opened(asked.contact.key, asked.sealed) if asked else None
    if text:
        click_candidate(text=text, article=article, who=f"thread:{heard.thread.pk}")


def _answered(heard: Heard) -> Turn:
    parts = matters(heard.text)
    several = [(part, found(replace(heard.question, text=part))) for part in parts] if len(parts) > 1 else []
    told = _without_twins([one for _part, one in several if one.text])
    whole = found(heard.question) if len(told) < 2 else Found()
    if len(told) > 1:
        lines = [f"{number}. {one.text}" for number, one in enumerate(told, 1)]
        return Turn("\n\n".join(lines), {"answers": [one.sources for one in told]})
    best = next((one for one in (whole, *told) if one.text), None)
    if best is not None:
        return Turn(best.text, best.sources)
    return _offered(heard, whole)


def _without_twins(told: list[Found]) -> list[Found]:
    return list({one.text: one for one in told}.values())


def _offered(heard: Heard, nearest: Found) -> Turn:
    """Nothing sure: what may be meant is offered, and what nobody has written is noted."""
    few = nearest.candidates[: document("bot").candidates]
    if not few:
        return _missed(heard)
    titles = "\n".join(f"{number}. {one.title}" for number, one in enumerate(few, 1))
    offered = [{"article": one.article, "title": heard.worded(one.title)} for one in few]
    sources = {"candidates": offered, "asked": heard.message.pk}
    return Turn(f"{words.candidates(heard.language)}\n{titles}", sources, missed=True)


def _missed(heard: Heard) -> Turn:
    return Turn(words.unsure(heard.language), missed=True)


def _unrepeated(heard: Heard, turn: Turn) -> Turn:
    """What was said already did not help: it is a miss, and said no second time. Enough misses, and a person comes."""
    if turn.reason:
        return turn
    repeated = heard.worded(turn.text) in [text for text, _sources in heard.said]
    if not (turn.missed or repeated):
        return turn
    if heard.thread.misses + 1 >= document("service").hand_over.misses or (repeated and turn.missed):
        return Turn(words.handed(heard.language), missed=True, reason=Reason.MISSES)
    if repeated:
        again = document("bot").again.say(heard.language)
        return Turn(f"{again}\n{words.unsure(heard.language)}", missed=True)
    return turn


def _ahead() -> int:
    """How many wait for a person already, counted no further than anybody would care."""
    return Thread.objects.filter(state=State.WAITING).order_by()[:MANY].count()


def _do(heard: Heard, turn: Turn) -> None:
    # The words come before the person: nobody, not even the bot, speaks into a conversation that a person has.
    text = words.announced(turn.text, heard.language, ahead=_ahead()) if turn.reason else turn.text
    try:
        reply(
            thread=heard.thread.pk,
            text=heard.worded(text),
            actor=None,
            author=Author.BOT,
            sources=turn.sources,
            key=_key(heard.message.pk),
        )
    except Refused:
        # The channel takes no more of the bot's words: a person may know another way to the customer.
        turn = replace(turn, reason=turn.reason or Reason.UNSURE)
    if turn.missed is not None:
        misses = F("misses") + 1 if turn.missed else 0
        Thread.objects.filter(pk=heard.thread.pk).update(misses=misses)
    if turn.missed and heard.text:
        note_gap(text=heard.text, channel=heard.message.channel, key=f"gap:{heard.message.pk}")
    if turn.reason:
        hand_over(thread=heard.thread.pk, reason=turn.reason, summary=summary(heard.thread, turn.reason, heard.text))
