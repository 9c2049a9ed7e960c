"""The library learns how people ask: from editors' corrections, from gaps, and from what people choose themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.vault import keyed_hash
from clothier.knowledge.contracts import Learned
from clothier.knowledge.events import AnswerMarkedFalse, CandidateChosen
from clothier.knowledge.models import Article, Choice, Mark, Version
from clothier.knowledge.selectors.articles import facts_of, in_force
from clothier.knowledge.selectors.asking import as_asked, plain
from clothier.knowledge.services.editions import new_edition, one_at_a_time
from clothier.knowledge.services.publishing import publish
from clothier.knowledge.services.writing import MOST_VARIANTS, write_article
from clothier.standards.selectors import document as house_rule


@transaction.atomic
def learn(*, article: int, texts: list[str], learned: Learned, actor: int | None = None) -> Version | None:
    """More ways to ask for an article: a new version with them, in force for as long as the present one.

    None when it knew them all, or says nothing at present. Never more variants than an article may have.
    """
    one_at_a_time()
    now_said = in_force(article, clock.now())
    if now_said is None:
        return None
    facts = facts_of(now_said.version)
    known = {plain(text) for text in (facts.question, facts.question_en, *facts.variants)}
    more = [text for text in dict.fromkeys(as_asked(text) for text in texts) if plain(text) not in known]
    room = MOST_VARIANTS - len(facts.variants)
    if not more[:room]:
        return None
    version = write_article(
        article=article,
        facts=facts.with_variants((*facts.variants, *more[:room])),
        summary=_SUMMARIES[learned],
        learned=learned,
        actor=actor,
    )
    publish(version=version.pk, valid_until=now_said.valid_until, learned=learned, actor=actor)
    return version


# Kept as written: the page that shows a version says it in the reader's language by `learned`.
_SUMMARIES = {
    Learned.CLICK: "顾客点选",
    Learned.GAP: "未答问题",
    Learned.MARK: "答错更正",
}


@transaction.atomic
def click_candidate(*, text: str, article: int, who: str) -> Choice | None:
    """Somebody said which of the articles offered was meant; `who` is any lasting name of the person, kept as a hash.

    Each person counts once for a question. When as many as the house rules say chose the same article, and twice as
    many as any other, the question becomes one of its variants. None where the text says nothing.
    """
    asked = plain(text)
    if not asked:
        return None
    choice, new = Choice.objects.get_or_create(
        plain=asked,
        who=keyed_hash("choice", who)[:40],
        defaults={"article_id": article, "text": as_asked(text), "chosen_at": clock.now()},
    )
    if not new:
        return choice
    record(CandidateChosen(article_id=article), subject=Article(pk=article).ref)
    votes: dict[int, int] = {}
    for chosen in Choice.objects.filter(plain=asked).values_list("article_id", flat=True):
        votes[chosen] = votes.get(chosen, 0) + 1
    others = max((count for chosen, count in votes.items() if chosen != article), default=0)
    if votes[article] >= max(house_rule("bot").clicks_to_learn, 2 * others):
        learn(article=article, texts=[text], learned=Learned.CLICK)
    return choice


def _marked(entry: Happening) -> Mark:
    return Mark.objects.get(pk=entry.payload["mark_id"])


@once(_marked, AnswerMarkedFalse)
@transaction.atomic
def mark_false(
    *,
    text: str,
    article: int | None,
    right: int | None = None,
    reason: str = "",
    channel: str = "",
    actor: int | None = None,
    key: str | None = None,
) -> Mark:
    """An answer was wrong. It stays as a test case; the right article, where it is named, learns the question."""
    if not plain(text):
        raise Refused(_("请写顾客的问题"), field="text")
    mark = Mark.objects.create(
        text=as_asked(text),
        article_id=article,
        right_id=right,
        reason=reason.strip()[:200],
        channel=channel[:12],
        marked_by=actor,
        marked_at=clock.now(),
        settled_at=clock.now() if right else None,
        settled_by=actor if right else None,
    )
    record(AnswerMarkedFalse(mark_id=mark.pk, article_id=article), subject=mark.ref, actor=actor, key=key)
    if right:
        learn(article=right, texts=[text], learned=Learned.MARK, actor=actor)
    return mark


@transaction.atomic
def settle_mark(*, mark: int, right: int | None, actor: int | None = None) -> None:
    """An editor says which article is right, or that none is: it learns the question, or all do not to answer it.

    The question goes on being a test case.
    """
    one_at_a_time()
    row = Mark.objects.select_for_update().filter(pk=mark).first()
    if row is None:
        raise Refused(_("这条记录不在了，请刷新"))
    Mark.objects.filter(pk=mark).update(right=right, settled_at=clock.now(), settled_by=actor)
    if right:
        learn(article=right, texts=[row.text], learned=Learned.MARK, actor=actor)
    else:
        new_edition()
