"""The answers Clothier ships with: complete, in two languages, within the house's own rules of speech."""

import pytest

from clothier.knowledge import selectors, services
from clothier.knowledge.models import Article
from clothier.knowledge.services.seeding import shipped
from clothier.language.services import check
from clothier.standards.selectors import document
from tests.cast import Cast


def test_there_are_ninety_five_answers_in_two_languages() -> None:
    told = shipped()
    assert len(told) == 95
    assert all(one.answer and one.answer_en and one.question_en for one in told.values())
    assert all(one.topic in Article.Topic.values for one in told.values())


@pytest.mark.django_db
def test_no_answer_holds_what_is_never_said() -> None:
    rules = document("language")
    found = {code: [hit.said for hit in check(one.answer, rules, complaint=False)] for code, one in shipped().items()}
    assert {code: said for code, said in found.items() if said} == {}


@pytest.mark.django_db
def test_every_figure_quoted_stands_in_the_house_rules() -> None:
    said = [selectors.spoken(text, "zh") for one in shipped().values() for text in (one.answer, one.answer_en)]
    assert not [text for text in said if "{" in text]


def test_shipped_answers_come_once_and_never_over_an_editors_own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    own = next(iter(shipped().values()))
    code = next(iter(shipped()))
    few = dict(list(shipped().items())[:4])
    monkeypatch.setattr("clothier.knowledge.services.seeding.shipped", lambda: few)
    mine = services.write_article(facts=own, code=code)
    assert services.take_in_shipped() == 3
    assert services.take_in_shipped() == 0
    assert selectors.versions_of(mine.article_id)[0].number == 1
