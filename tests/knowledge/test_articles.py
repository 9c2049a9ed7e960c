"""Articles: written in versions, said from when until when, taken back, brought back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.clock import SimulatedClock
from clothier.kernel.errors import Refused
from clothier.knowledge import selectors, services
from clothier.knowledge.contracts import ArticleFacts, Verdict
from clothier.knowledge.models import Version
from tests.cast import Cast
from tests.knowledge.conftest import PILLING, RETURNS, said


def tell(article: int, language: str = "zh") -> str:
    found = selectors.answer_of(article, channel="web", at=clock.now(), language=language)
    return found.text if found else ""


def test_nothing_is_said_before_it_is_published(cast: Cast) -> None:
    version = services.write_article(facts=PILLING, code="pilling")
    assert tell(version.article_id) == ""
    services.publish(version=version.pk)
    assert tell(version.article_id) == "少量起球是纤维的特点，用去球器修整即可。"
    assert tell(version.article_id, "en") == "A little is the fibre’s nature; a fabric shaver removes it."


def test_a_figure_of_the_house_rules_is_said_as_it_stands(library: dict[str, int]) -> None:
    assert tell(library["returns"]) == "7 天内可以退货。"
    assert tell(library["returns"], "en") == "Within 7 days."
    assert tell(library["parking"], "en") == "一小时 500 积分。"


def test_a_rule_that_is_not_there_cannot_be_quoted(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        services.write_article(facts=replace(RETURNS, answer="{till.no_such_days} 天内"))
    assert refused.value.field == "answer"
    assert not Version.objects.exists()


def test_writing_what_stands_changes_nothing(library: dict[str, int]) -> None:
    again = services.write_article(article=library["pilling"], facts=PILLING)
    assert again.number == 1


def test_the_same_key_writes_once(cast: Cast) -> None:
    first = services.write_article(facts=PILLING, key="tap-1")
    assert services.write_article(facts=PILLING, key="tap-1") == first
    assert Version.objects.count() == 1


def test_an_interlude_ends_and_what_was_said_before_speaks_again(
    library: dict[str, int], saturday: SimulatedClock
) -> None:
    article, now = library["parking"], clock.now()
    free = services.write_article(
        article=article, facts=ArticleFacts("停车怎么收费？", "国庆期间停车免费。", topic="stores")
    )
    services.publish(version=free.pk, valid_from=now + timedelta(days=1), valid_until=now + timedelta(days=8))
    heard = []
    for _day in range(3):
        heard.append(tell(article))
        saturday.advance(4 * 86_400)
    assert heard == ["一小时 500 积分。", "国庆期间停车免费。", "一小时 500 积分。"]


def test_taking_back_a_publication_brings_the_one_before(library: dict[str, int], cast: Cast) -> None:
    article = library["pilling"]
    worse = services.write_article(article=article, facts=replace(PILLING, answer="会起球。"))
    told = services.publish(version=worse.pk, actor=cast.gao.pk)
    assert tell(article) == "会起球。"
    services.take_back(publication=told.pk, actor=cast.gao.pk)
    services.take_back(publication=told.pk, actor=cast.gao.pk)
    assert tell(article) == PILLING.answer
    (event,) = Entry.objects.filter(type="article.taken_back", subject_id=article)
    assert (event.actor_id, event.payload) == (cast.gao.pk, {"article_id": article, "number": 2, "again": 1})


def test_taking_back_the_only_publication_leaves_nothing_said(library: dict[str, int]) -> None:
    article = library["pilling"]
    services.take_back(publication=selectors.publications_of(article)[0].pk)
    assert tell(article) == ""
    assert Entry.objects.get(type="article.taken_back").payload == {"article_id": article, "number": 1}


def test_an_older_version_can_be_published_again(library: dict[str, int]) -> None:
    article = library["pilling"]
    first = selectors.versions_of(article)[0]
    second = services.write_article(article=article, facts=replace(PILLING, answer="会起球。"))
    services.publish(version=second.pk)
    services.publish(version=first.pk)
    assert tell(article) == PILLING.answer


def test_a_retired_article_answers_no_more(library: dict[str, int]) -> None:
    services.retire(article=library["pilling"])
    services.retire(article=library["pilling"])
    assert tell(library["pilling"]) == ""
    assert Entry.objects.filter(type="article.retired").count() == 1
    assert [row.state for row in selectors.articles(query="起球")] == ["retired"]


def test_an_end_before_its_beginning_is_refused(library: dict[str, int]) -> None:
    version = selectors.versions_of(library["pilling"])[0]
    with pytest.raises(Refused) as refused:
        services.publish(version=version.pk, valid_until=clock.now())
    assert refused.value.field == "valid_until"


def test_staff_read_what_customers_do_not(library: dict[str, int]) -> None:
    secret = said(ArticleFacts("离职同事的客户怎么交接？", "由店长转给同店同事。", audience="staff"), "leaving")
    asked = "离职同事的客户怎么交接？"
    now = clock.now()
    assert selectors.answer(asked, channel="web", at=now).article != secret.article_id
    assert selectors.answer(asked, channel="web", at=now, audience="staff").article == secret.article_id


def test_an_article_of_one_channel_is_silent_on_the_others(library: dict[str, int]) -> None:
    kiosk = said(ArticleFacts("这台屏幕怎么用？", "点一下就会亮。", channels=("kiosk",)), "kiosk")
    now = clock.now()
    assert selectors.answer("这台屏幕怎么用？", channel="kiosk", at=now).article == kiosk.article_id
    assert selectors.answer("这台屏幕怎么用？", channel="web", at=now).article != kiosk.article_id


def test_an_empty_library_knows_nothing(cast: Cast) -> None:
    assert selectors.answer("退货", channel="web", at=clock.now()).kind == Verdict.NONE


def test_the_list_is_found_by_words_and_state_and_pages_by_key(library: dict[str, int]) -> None:
    services.write_article(facts=ArticleFacts("怎么改裤脚？", "到店量。"), code="hem")
    assert [row.state for row in selectors.articles(query="裤脚")] == ["draft"]
    assert [row.article.key for row in selectors.articles(state="live", query="shaver")] == ["pilling"]
    first = selectors.articles(limit=3)
    last = first[-1].article
    rest = selectors.articles(before=(last.touched_at, last.pk))
    assert [row.article.key for row in [*first, *rest]] == ["hem", "parking", "returns", "pilling"]
