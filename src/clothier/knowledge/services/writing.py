"""Articles are written here, version by version. Nothing written is said before it is published."""

import re
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.contracts import Happening
from clothier.eventlog.services import once, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge.contracts import ArticleFacts, Learned
from clothier.knowledge.events import ArticleWritten
from clothier.knowledge.models import Article, Version
from clothier.knowledge.rules import figures
from clothier.knowledge.selectors.quoting import rules_as_plain_values
from clothier.knowledge.services.editions import new_edition, one_at_a_time

MOST_VARIANTS = 60
_KEY = re.compile(r"[a-z0-9_-]{1,60}")


def _written(entry: Happening) -> Version:
    return Version.objects.get(article_id=entry.payload["article_id"], number=entry.payload["number"])


@once(_written, ArticleWritten)
@transaction.atomic
def write_article(
    *,
    facts: ArticleFacts,
    code: str = "",
    article: int | None = None,
    summary: str = "",
    learned: Learned | None = None,
    seen: int | None = None,
    actor: int | None = None,
    key: str | None = None,
) -> Version:
    """A new version of an article, or of a new one when none is named; `code` is what a new one goes by.

    Writing what already stands changes nothing. Raises Refused, naming the field, for a text that cannot be published,
    and of `seen` where a colleague has written since that version.
    """
    _check(facts)
    one_at_a_time()
    row = _begin(code, facts) if article is None else _reach(article, facts)
    last = row.versions.order_by("-number").first()
    told = _columns(facts)
    if last and all(getattr(last, name) == value for name, value in told.items()):
        return last
    if last and seen is not None and last.number > seen:
        said = _("您写的时候，同事存了第 %(number)s 版，您的还没有存。请先看过那一版；再存一次，您的就接在它后面。")
        raise Refused(said % {"number": last.number}, field="seen")
    version = Version.objects.create(
        article=row,
        number=last.number + 1 if last else 1,
        **told,
        summary=summary[:200],
        learned=learned or "",
        written_by=actor,
        written_at=clock.now(),
    )
    Article.objects.filter(pk=row.pk).update(touched_at=clock.now())
    record(ArticleWritten(article_id=row.pk, number=version.number), subject=row.ref, actor=actor, key=key)
    return version


def _begin(code: str, facts: ArticleFacts) -> Article:
    code = code or f"a-{uuid4().hex[:8]}"
    if not _KEY.fullmatch(code):
        raise Refused(_("编码只用小写字母、数字、- 和 _"), field="code")
    if Article.objects.filter(key=code).exists():
        raise Refused(_("已有这个编码的条目"), field="code")
    now = clock.now()
    return Article.objects.create(key=code, created_at=now, touched_at=now, **_reach_of(facts))


def _reach(article: int, facts: ArticleFacts) -> Article:
    """Who may read it is the article's, at once and for all its versions."""
    changed = Article.objects.filter(pk=article).exclude(**_reach_of(facts)).update(**_reach_of(facts))
    if changed:
        new_edition()
    row = Article.objects.filter(pk=article).first()
    if row is None:
        raise Refused(_("这个条目不在了，请刷新"))
    return row


def _reach_of(facts: ArticleFacts) -> dict[str, object]:
    return {"topic": facts.topic, "audience": facts.audience, "channels": sorted(facts.channels)}


def _columns(facts: ArticleFacts) -> dict[str, object]:
    seen = {facts.question, facts.question_en}
    variants = [text for text in dict.fromkeys(text.strip() for text in facts.variants) if text and text not in seen]
    return {
        "question": facts.question.strip(),
        "question_en": facts.question_en.strip(),
        "variants": variants,
        "answer": facts.answer.strip(),
        "answer_en": facts.answer_en.strip(),
    }


def _check(facts: ArticleFacts) -> None:
    if not facts.question.strip():
        raise Refused(_("请写顾客会怎么问"), field="question")
    if not facts.answer.strip():
        raise Refused(_("请写答案"), field="answer")
    if len(facts.variants) > MOST_VARIANTS:
        raise Refused(_("其他问法最多 %(most)s 条") % {"most": MOST_VARIANTS}, field="variants")
    if facts.topic not in Article.Topic.values:
        raise Refused(_("没有这个主题"), field="topic")
    for name in ("answer", "answer_en"):
        for path in figures.places(getattr(facts, name)):
            _check_place(name, path)


def _check_place(name: str, path: str) -> None:
    try:
        figures.value(path, rules_as_plain_values)
    except KeyError:
        raise Refused(_("服务规范里没有 {%(path)s}") % {"path": path}, field=name) from None
