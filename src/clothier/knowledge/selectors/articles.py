"""Articles as editors see them: what each says now, what it said, what is planned."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from clothier.kernel import clock
from clothier.kernel.rows import prepared
from clothier.knowledge.contracts import ArticleFacts, Audience
from clothier.knowledge.models import Article, Publication, Version
from clothier.language.services import normalise

STATES = ("live", "planned", "draft", "retired")
TOPICS = Article.Topic.choices


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


def article_of_publication(publication: int) -> int | None:
    return Publication.objects.filter(pk=publication).values_list("article", flat=True).first()


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
    rows = Article.objects.order_by("-touched_at", "-pk")
    if topic:
        rows = rows.filter(topic=topic)
    if before:
        rows = rows.filter(Q(touched_at__lt=before[0]) | Q(touched_at=before[0], pk__lt=before[1]))
    if not query and not state:
        return _rows(list(rows[:limit]))
    found = [row for row in _rows(list(rows[:5000])) if _matches(row, normalise(query), state)]
    return found[:limit]


def _rows(found: list[Article]) -> list[Row]:
    """Three queries however many."""
    ids = [row.pk for row in found]
    last: dict[int, Version] = {}
    for one in Version.objects.filter(article__in=ids).select_related("article").order_by("number"):
        last[one.article_id] = one
    live: dict[int, list[Publication]] = {}
    ever: set[int] = set()
    for told in Publication.objects.filter(article__in=ids).select_related("version"):
        ever.add(told.article_id)
        if told.withdrawn_at is None:
            live.setdefault(told.article_id, []).append(told)
    now = clock.now()
    return [_row(row, last[row.pk], live.get(row.pk, []), row.pk in ever, now) for row in found if row.pk in last]


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
    return not query or any(query in normalise(text) for text in said)


def by_codes(codes: list[str]) -> dict[str, int]:
    """Article ids by their codes; unknown ones are missing."""
    return dict(Article.objects.filter(key__in=codes).values_list("key", "pk"))


def choices() -> list[tuple[int, str]]:
    """Articles that speak now, for a form that names one: id and question in the reader's language, by question."""
    now = clock.now()
    rows: dict[int, list[Publication]] = {}
    for one in _live_now(now):
        rows.setdefault(one.article_id, []).append(one)
    said = ((pk, spoken_at(told, now)) for pk, told in rows.items())
    return sorted(((pk, one.version.title) for pk, one in said if one), key=lambda pair: pair[1])


def _live_now(now: datetime) -> QuerySet[Publication]:
    return Publication.objects.filter(withdrawn_at=None, valid_from__lte=now).select_related("version")
