"""Articles as editors see them: what each says now, what it said, what is planned."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import OuterRef, Q, QuerySet, Subquery

from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.knowledge.contracts import ArticleFacts, Audience
from clothier.knowledge.models import Article, Publication, Version
from clothier.language.services import normalise

STATES = ("live", "planned", "draft", "retired")
TOPICS = Article.Topic.choices
# Articles that a search by words or state looks through.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list: what it says, and whether it does. `edited`: a newer version waits to be published."""

    article: Article
    version: Version
    state: str
    until: datetime | None
    edited: bool


def spoken_at(rows: list[Publication], at: datetime) -> Publication | None:
    """Of one article's publications, the one that is in force at a moment: the last begun that has not ended."""
    holding = [row for row in rows if row.holds(at)]
    return max(holding, key=lambda row: (row.valid_from, row.pk), default=None)


def in_force(article: int, at: datetime) -> Publication | None:
    rows = Publication.objects.filter(article=article, withdrawn_at=None).select_related("version__article")
    return spoken_at(list(rows), at)


def facts_of(version: Version) -> ArticleFacts:
    """What an editor would have to write to get this version."""
    article = version.article
    return ArticleFacts(
        question=version.question,
        answer=version.answer,
        question_en=version.question_en,
        answer_en=version.answer_en,
        variants=tuple(version.variants),
        topic=article.topic,
        audience=Audience(article.audience),
        channels=tuple(article.channels),
    )


def draft(facts: ArticleFacts, article: int) -> Version:
    """These facts as a version that nobody has written."""
    return Version(
        pk=0,
        article=Article(pk=article, audience=facts.audience),
        question=facts.question,
        question_en=facts.question_en,
        variants=list(facts.variants),
        answer=facts.answer,
        answer_en=facts.answer_en,
    )


def article(pk: int) -> Article | None:
    return Article.objects.filter(pk=pk).first()


def version(pk: int) -> Version | None:
    return Version.objects.select_related("article").filter(pk=pk).first()


def titles(versions: list[int]) -> dict[int, str]:
    """What each text answers, in the reader's language; unknown ids are missing."""
    return {one.pk: one.title for one in _titled(versions=versions)}


@prepared
def _titled(versions: list[int]) -> "QuerySet[Version, Version]":
    return Version.objects.filter(pk__in=versions)


def versions_of(article: int, *, limit: int = 100) -> list[Version]:
    """Newest first."""
    return list(Version.objects.filter(article=article).select_related("article").order_by("-number")[:limit])


def publications_of(article: int, *, limit: int = 100) -> list[Publication]:
    """Newest first, with what was taken back."""
    return list(Publication.objects.filter(article=article).select_related("version").order_by("-pk")[:limit])


def publication(publication: int) -> Publication | None:
    return Publication.objects.filter(pk=publication).first()


def articles(
    *,
    query: str = "",
    topic: str = "",
    state: str = "",
    before: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[Row]:
    """The library, last touched first; `before` is the last row's touch and id.

    A library has hundreds of articles, some thousands at most: state and words are looked for in the process.
    """
    at, pk = before or (None, None)
    everything = not query and not state
    rows = _rows(_touched(topic=topic or None, at=at, pk=pk, limit=limit if everything else MOST))
    return rows if everything else [row for row in rows if _matches(row, normalise(query), state)][:limit]


@prepared
def _touched(topic: str | None, at: datetime | None, pk: int | None, limit: int) -> "QuerySet[Article, Article]":
    rows = Article.objects.order_by("-touched_at", "-pk")
    if topic:
        rows = rows.filter(topic=topic)
    if at and pk:
        rows = rows.filter(Q(touched_at__lt=at) | Q(touched_at=at, pk__lt=pk))
    return rows[:limit]


def _rows(found: list[Article]) -> list[Row]:
    """Three queries however many, and however often an article was written anew."""
    ids = [row.pk for row in found]
    last = {one.article_id: one for one in _newest(articles=ids)}
    live: dict[int, list[Publication]] = {}
    for told in _live(articles=ids):
        live.setdefault(told.article_id, []).append(told)
    ever, now = set(_ever(articles=ids)), clock.now()
    return [_row(row, last[row.pk], live.get(row.pk, []), row.pk in ever, now) for row in found if row.pk in last]


@prepared
def _newest(articles: list[int]) -> "QuerySet[Version, Version]":
    newest = Version.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
    return Version.objects.filter(article__in=articles, number=Subquery(newest))


@prepared
def _live(articles: list[int]) -> "QuerySet[Publication, Publication]":
    return Publication.objects.filter(article__in=articles, withdrawn_at=None).select_related("version")


@prepared
def _ever(articles: list[int]) -> "QuerySet[Publication, int]":
    return Publication.objects.filter(article__in=articles).values_list("article", flat=True).distinct()


def _row(article: Article, last: Version, live: list[Publication], ever: bool, now: datetime) -> Row:
    said = spoken_at(live, now)
    if said is not None:
        return Row(article, said.version, "live", said.valid_until, edited=said.version_id != last.pk)
    planned = min((one for one in live if one.valid_from > now), key=lambda one: one.valid_from, default=None)
    if planned is not None:
        return Row(article, planned.version, "planned", planned.valid_from, edited=planned.version_id != last.pk)
    return Row(article, last, "retired" if ever else "draft", None, edited=False)


def _matches(row: Row, query: str, state: str) -> bool:
    if state and row.state != state:
        return False
    one = row.version
    said = (row.article.key, one.question, one.question_en, one.answer, one.answer_en, *one.variants)
    return not query or query in _searched("\n".join(said))


@lru_cache(maxsize=MOST)
def _searched(said: str) -> str:
    """Texts never change, so each is normalised once."""
    return normalise(said)


def by_codes(codes: list[str]) -> dict[str, int]:
    """Article ids by their codes; unknown ones are missing."""
    return dict(Article.objects.filter(key__in=codes).values_list("key", "pk"))
