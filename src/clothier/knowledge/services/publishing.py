"""What is said from when until when: publishing, taking back, retiring."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge.contracts import Learned
from clothier.knowledge.events import ArticlePublished, ArticleRetired, ArticleTakenBack
from clothier.knowledge.models import Article, Publication, Version
from clothier.knowledge.selectors.articles import in_force
from clothier.knowledge.services.editions import new_edition, one_at_a_time


def _published(entry: Happening) -> Publication:
    told = entry.payload
    rows = Publication.objects.filter(article=told["article_id"], version__number=told["number"])
    return rows.order_by("-pk")[0]


@once(_published, ArticlePublished)
@transaction.atomic
def publish(
    *,
    version: int,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    learned: Learned | None = None,
    actor: int | None = None,
    key: str | None = None,
) -> Publication:
    """A version speaks from now or from a later moment; an older version too, which is how one rolls back.

    With an end it is an interlude: afterwards what was in force before speaks again. Publishing what is in force
    already changes nothing. Raises Refused for times the wrong way round.
    """
    one_at_a_time()
    now = clock.now()
    begins = max(valid_from or now, now)
    if valid_until and valid_until <= begins:
        raise Refused(_("失效要晚于生效"), field="valid_until")
    row = Version.objects.select_related("article").filter(pk=version).first()
    if row is None:
        raise Refused(_("这个版本不在了，请刷新"))
    last = _live(row.article_id).order_by("-valid_from", "-pk").first()
    if last and (last.version_id, last.valid_until) == (version, valid_until) and last.valid_from <= begins:
        return last
    made = Publication.objects.create(
        version=row,
        article=row.article,
        valid_from=begins,
        valid_until=valid_until,
        published_by=actor,
        published_at=now,
    )
    _touch(row.article_id, now)
    event = ArticlePublished(
        article_id=row.article_id,
        number=row.number,
        valid_from=begins.isoformat(),
        valid_until=valid_until.isoformat() if valid_until else "",
        learned=learned or "",
    )
    record(event, subject=row.article.ref, actor=actor, key=key)
    return made


@transaction.atomic
def take_back(*, publication: int, actor: int | None = None) -> None:
    """As if it had not been published: what was in force before speaks again. Twice is once."""
    one_at_a_time()
    now = clock.now()
    row = Publication.objects.filter(pk=publication, withdrawn_at=None).select_related("version", "article").first()
    if row is None:
        return
    Publication.objects.filter(pk=publication).update(withdrawn_at=now, withdrawn_by=actor)
    _touch(row.article_id, now)
    before = in_force(row.article_id, now)
    again = before.version.number if before else None
    event = ArticleTakenBack(article_id=row.article_id, number=row.version.number, again=again)
    record(event, subject=row.article.ref, actor=actor)


@transaction.atomic
def retire(*, article: int, actor: int | None = None) -> None:
    """The article answers no more, neither now nor as planned. Twice is once; publishing brings it back."""
    one_at_a_time()
    now = clock.now()
    if not _live(article).update(withdrawn_at=now, withdrawn_by=actor):
        return
    _touch(article, now)
    record(ArticleRetired(article_id=article), subject=Article(pk=article).ref, actor=actor)


def _live(article: int) -> QuerySet[Publication]:
    return Publication.objects.filter(article=article, withdrawn_at=None)


def _touch(article: int, now: datetime) -> None:
    Article.objects.filter(pk=article).update(touched_at=now)
    new_edition()
