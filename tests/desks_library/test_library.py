"""The library's pages: found, read, tried, written, published and taken back; what was asked and answered falsely."""

from dataclasses import replace

import pytest
from django.test import Client

from clothier.kernel import clock
from clothier.knowledge import selectors, services
from clothier.knowledge.models import Article, Gap, Mark, Publication, Version
from clothier.staff.models import Employee
from tests.cast import Cast
from tests.knowledge.conftest import PARKING, PILLING, RETURNS, said

WRITTEN = {"topic": "stores", "audience": "customer", "question_en": "", "answer_en": "", "variants": ""}


@pytest.fixture
def library(cast: Cast) -> dict[str, int]:
    shelf = {"pilling": PILLING, "returns": RETURNS, "parking": PARKING}
    return {code: said(facts, code).article_id for code, facts in shelf.items()}


def signed_in(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee.user)
    return client


def tell(article: int) -> str:
    found = selectors.answer_of(article, channel="web", at=clock.now())
    return found.text if found else ""


def test_the_list_is_searched_and_says_what_speaks(library: dict[str, int], cast: Cast) -> None:
    services.retire(article=library["returns"])
    page = signed_in(cast.chen).get("/knowledge/", {"q": "退货"})
    assert [(row.article.key, row.state) for row in page.context["rows"]] == [("returns", "retired")]
    assert "已停用" in page.content.decode()
    assert "/knowledge/new/" not in page.content.decode()


def test_the_list_asks_as_many_questions_for_three_articles_as_for_one(
    library: dict[str, int], cast: Cast, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.gao)
    client.get("/knowledge/")
    with django_assert_max_num_queries(9):
        client.get("/knowledge/")


def test_an_article_is_read_with_figures_as_they_stand(library: dict[str, int], cast: Cast) -> None:
    page = signed_in(cast.chen).get(f"/knowledge/{library['returns']}/")
    assert "7 天内可以退货。" in page.content.decode()


def test_an_editor_writes_and_publishes_with_one_button(cast: Cast) -> None:
    client = signed_in(cast.gao)
    written = {**WRITTEN, "question": "可以带狗吗？", "answer": "小型犬装包里可以。", "do": "publish", "key": "k1"}
    client.post("/knowledge/new/", written)
    client.post("/knowledge/new/", written)
    article = Article.objects.get()
    assert tell(article.pk) == "小型犬装包里可以。"


def test_a_draft_says_nothing_until_it_is_published(library: dict[str, int], cast: Cast) -> None:
    client, article = signed_in(cast.gao), library["parking"]
    client.post(
        f"/knowledge/{article}/edit/",
        {**WRITTEN, "question": "停车怎么收费？", "answer": "免费。", "do": "draft"},
    )
    assert tell(article) == "一小时 500 积分。"
    draft = selectors.versions_of(article)[0]
    assert (draft.number, draft.answer) == (2, "免费。")
    client.post(f"/knowledge/versions/{draft.pk}/publication/")
    assert tell(article) == "免费。"
    told = Publication.objects.order_by("pk").last()
    assert told is not None
    client.post(f"/knowledge/publications/{told.pk}/withdrawal/")
    assert tell(article) == "一小时 500 积分。"


def test_what_is_in_force_is_taken_back_from_the_history_and_said_again_from_the_toast(
    library: dict[str, int], cast: Cast
) -> None:
    client, article = signed_in(cast.gao), library["parking"]
    page = f"/knowledge/{article}/"
    assert "收回，恢复" not in client.get(page).content.decode()
    client.post(
        f"/knowledge/{article}/edit/", {**WRITTEN, "question": "停车怎么收费？", "answer": "免费。", "do": "publish"}
    )
    told = Publication.objects.latest("pk")
    history = client.get(page).content.decode()
    assert history.count("收回，恢复第 1 版") == 1
    assert f"/knowledge/publications/{told.pk}/withdrawal/" in history
    assert "收回，恢复" not in signed_in(cast.chen).get(page).content.decode()
    after = client.post(f"/knowledge/publications/{told.pk}/withdrawal/", follow=True).content.decode()
    assert tell(article) == "一小时 500 积分。"
    assert f"{cast.gao.name} · " in after.split("已撤下")[1][:200]
    client.post(f"/knowledge/versions/{told.version_id}/publication/")
    assert tell(article) == "免费。"


def test_a_trial_shows_what_would_be_answered_and_writes_nothing(library: dict[str, int], cast: Cast) -> None:
    page = signed_in(cast.gao).post(
        f"/knowledge/{library['parking']}/edit/",
        {**WRITTEN, "question": "停车怎么收费？", "answer": "免费两小时。", "do": "try", "try": "停车怎么收费"},
    )
    assert page.context["tried"].text == "免费两小时。"
    assert "免费两小时。" in page.content.decode()
    assert tell(library["parking"]) == "一小时 500 积分。"


def test_a_rule_that_is_not_there_is_said_beside_the_answer(cast: Cast) -> None:
    page = signed_in(cast.gao).post(
        "/knowledge/new/", {**WRITTEN, "question": "几天退？", "answer": "{till.nonsense} 天", "do": "publish"}
    )
    assert page.status_code == 422
    assert "till.nonsense" in str(page.context["form"].errors["answer"])
    assert not Article.objects.exists()


def test_a_version_shows_what_changed(library: dict[str, int], cast: Cast) -> None:
    version = services.write_article(article=library["pilling"], facts=replace(PILLING, answer="大量起球是质量问题。"))
    page = signed_in(cast.chen).get(f"/knowledge/versions/{version.pk}/").content.decode()
    assert "<del>少</del>" in page
    assert "<ins>大</ins>" in page


def test_retiring_can_be_undone_from_the_toast(library: dict[str, int], cast: Cast) -> None:
    client = signed_in(cast.gao)
    client.post(f"/knowledge/{library['pilling']}/retirement/")
    assert tell(library["pilling"]) == ""
    first = selectors.versions_of(library["pilling"])[0]
    client.post(f"/knowledge/versions/{first.pk}/publication/")
    assert tell(library["pilling"]) == PILLING.answer


def test_a_gap_becomes_an_article_or_another_way_to_ask(library: dict[str, int], cast: Cast) -> None:
    dogs = services.note_gap(text="可以带狗进店吗", channel="web")
    cars = services.note_gap(text="我那个四个轮子放哪", channel="web")
    client = signed_in(cast.gao)
    assert "可以带狗进店吗" in client.get("/knowledge/gaps/").content.decode()
    begun = client.get("/knowledge/new/", {"gap": dogs.pk})
    assert begun.context["form"]["question"].value() == "可以带狗进店吗"
    client.post(
        f"/knowledge/new/?gap={dogs.pk}",
        {**WRITTEN, "question": "可以带宠物进店吗？", "answer": "可以。", "do": "publish"},
    )
    client.post(f"/knowledge/gaps/{cars.pk}/answer/", {"article": library["parking"]})
    assert not Gap.objects.filter(state="open").exists()
    assert "我那个四个轮子放哪" in selectors.versions_of(library["parking"])[0].variants
    assert selectors.versions_of(Article.objects.order_by("-pk")[0].pk)[0].variants == ["可以带狗进店吗"]


def test_a_gap_set_aside_comes_back_by_undo(library: dict[str, int], cast: Cast) -> None:
    gap = services.note_gap(text="今天天气怎么样", channel="web")
    client = signed_in(cast.gao)
    client.post(f"/knowledge/gaps/{gap.pk}/dismissal/")
    assert not selectors.gaps()
    client.post(f"/knowledge/gaps/{gap.pk}/reopening/")
    assert [one.gap.pk for one in selectors.gaps()] == [gap.pk]


def test_an_agent_points_at_a_false_answer_and_an_editor_corrects_it(library: dict[str, int], cast: Cast) -> None:
    chen, gao = signed_in(cast.chen), signed_in(cast.gao)
    tried = chen.get("/knowledge/try/", {"text": "停车怎么收费"})
    assert tried.context["answer"].article == library["parking"]
    wrong = {"text": "停车怎么收费", "wrong": library["parking"], "article": library["pilling"], "reason": "问的是别的"}
    chen.post("/knowledge/marks/new/", wrong)
    mark = Mark.objects.get()
    assert (mark.right_id, mark.settled_at) == (None, None)
    assert chen.post(f"/knowledge/marks/{mark.pk}/settlement/", {}).status_code == 403
    gao.post(f"/knowledge/marks/{mark.pk}/settlement/", {"article": library["returns"]})
    page = gao.get("/knowledge/marks/").content.decode()
    assert "现在还是答错" in page or "现在答对了" in page
    assert Mark.objects.get().right_id == library["returns"]


def test_empty_pages_say_what_to_do(cast: Cast) -> None:
    client = signed_in(cast.gao)
    for path in ("/knowledge/", "/knowledge/gaps/", "/knowledge/marks/", "/knowledge/try/"):
        assert "empty" in client.get(path).content.decode()
    assert client.get("/knowledge/99/").status_code == 404
    assert client.get("/knowledge/?before=nonsense&q=%00").status_code in (200, 400)


def test_an_editor_who_was_overtaken_is_told_and_then_writes_on_top(library: dict[str, int], cast: Cast) -> None:
    page = f"/knowledge/{library['pilling']}/edit/"
    gao, told_of = signed_in(cast.gao), {**WRITTEN, "question": PILLING.question, "topic": "care", "do": "draft"}
    assert 'name="seen" value="1"' in gao.get(page).content.decode()
    assert gao.post(page, {**told_of, "answer": "用去球器修整。", "seen": "1"}).status_code == 302
    told = gao.post(page, {**told_of, "answer": "拍照给我们看看。", "seen": "1"})
    assert told.status_code == 422
    assert "同事存了第 2 版" in told.content.decode()
    assert 'name="seen" value="2"' in told.content.decode()
    assert "拍照给我们看看。" in told.content.decode()
    assert gao.post(page, {**told_of, "answer": "拍照给我们看看。", "seen": "2"}).status_code == 302
    rows = Version.objects.filter(article=library["pilling"]).order_by("number")
    assert [row.answer for row in rows] == [PILLING.answer, "用去球器修整。", "拍照给我们看看。"]
