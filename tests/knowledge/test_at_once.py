"""Two editors at once, on a database that lets them."""

from dataclasses import replace

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.knowledge import services
from clothier.knowledge.models import Article, Publication, Version
from tests.cast import assemble
from tests.knowledge.conftest import PILLING, said
from tests.visits.test_at_once import several_writers, together

__all__ = ["several_writers"]
pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = ("用去球器修整。", "拍照给我们看看。")


def test_two_editors_of_one_article_both_keep_what_they_wrote():
    cast = assemble()
    article = said(PILLING, "pilling").article_id
    together(
        *(
            lambda text=text, who=who: services.write_article(
                article=article, facts=replace(PILLING, answer=text), actor=who.pk
            )
            for text, who in zip(TEXTS, (cast.gao, cast.wu), strict=True)
        )
    )
    rows = Version.objects.filter(article=article, number__gt=1).order_by("number")
    assert [row.number for row in rows] == [2, 3]
    assert {row.answer for row in rows} == set(TEXTS)


def test_of_two_editors_who_began_from_the_same_version_one_is_told():
    assemble()
    article = said(PILLING, "pilling").article_id
    given = together(
        *(
            lambda text=text: services.write_article(article=article, facts=replace(PILLING, answer=text), seen=1)
            for text in TEXTS
        )
    )
    (refusal,) = [one for one in given if isinstance(one, Refused)]
    assert refusal.field == "seen"
    assert [row.number for row in Version.objects.filter(article=article).order_by("number")] == [1, 2]


def test_the_same_version_published_twice_at_once_speaks_once():
    assemble()
    version = services.write_article(facts=PILLING, code="pilling").pk
    together(*(lambda: services.publish(version=version) for _editor in range(2)))
    assert Publication.objects.filter(withdrawn_at=None).count() == 1
    assert Entry.objects.filter(type="article.published").count() == 1


def test_of_two_new_articles_of_one_code_one_is_written():
    assemble()
    given = together(*(lambda: services.write_article(facts=PILLING, code="pilling") for _editor in range(2)))
    assert [one.field for one in given if isinstance(one, Refused)] == ["code"]
    assert Article.objects.filter(key="pilling").count() == 1


def test_a_question_learned_from_two_marks_at_once_keeps_both():
    assemble()
    article = said(PILLING, "pilling").article_id
    asked = ("衣服到处是小球球", "腋下磨出毛毛了")
    together(*(lambda text=text: services.mark_false(text=text, article=None, right=article) for text in asked))
    last = Version.objects.filter(article=article).order_by("-number")[0]
    assert set(asked) <= set(last.variants)
