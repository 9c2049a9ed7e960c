"""The index over what can be answered: on three entries, and on the articles that ship."""

import numpy as np
import pytest

from clothier.cli.evals.answers import PARTS, entries, questions
from clothier.language.contracts import Entry, Verdict
from clothier.language.retrieval.concepts import concepts, plain
from clothier.language.retrieval.leaning import Leaning
from clothier.language.retrieval.views import Group, Views
from clothier.language.services import Index

ENTRIES = (
    Entry("return_window", "多少天内可以退货？", ("支持七天无理由吗",)),
    Entry("store_hours", "门店几点开门几点关门？", ("营业时间", "When do you open?")),
    Entry("care_wool", "羊毛衫怎么洗？", ("毛衣洗小了",)),
)


@pytest.fixture(scope="module")
def library() -> Index:
    return Index.build(entries())


def test_an_index_of_nothing_and_a_question_of_nothing_have_no_answer():
    assert Index.build(()).ask("几点关门").verdict is Verdict.NONE
    assert Index.build(ENTRIES).ask("  ").candidates == ()
    assert Index.build(ENTRIES).ask("😊。。").verdict is Verdict.NONE


def test_a_question_that_was_written_down_is_answered_outright():
    found = Index.build(ENTRIES).ask("營業時間？")
    assert (found.candidates[0].key, found.verdict) == ("store_hours", Verdict.SURE)


def test_one_entry_alone_is_no_reason_to_be_sure():
    index = Index.build(ENTRIES[:1])
    assert index.ask("多少天内可以退货").verdict is Verdict.SURE
    assert index.ask("今天会下雨吗").verdict is Verdict.NONE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("金卡有啥好处", "member_tiers"),
        ("包裹几天能到", "delivery_time"),
        ("我的快弟到哪里了", "delivery_track"),
        ("運費多少錢", "delivery_fee"),
        ("裤子开线了能修不", "repair_service"),
        ("When do you close?", "store_hours"),
        ("羊绒衫洗缩水了咋办", "care_wool"),
    ],
)
def test_trade_words_typos_traditional_dialect_and_english_find_their_article(library, question, key):
    assert library.ask(question).candidates[0].key == key


@pytest.mark.slow
@pytest.mark.parametrize("question", ["明天会下雨吗", "给我讲个笑话", "你们老板是谁", "谢谢", "how do I bake bread"])
def test_what_no_article_means_to_answer_is_declined(library, question):
    assert library.ask(question).verdict is Verdict.NONE


@pytest.mark.slow
@pytest.mark.parametrize("question", ["送快递的一个月工资多少", "积分是谁想出来的主意", "卖不掉的旧衣服你们埋哪儿"])
def test_the_thing_of_an_article_in_a_question_that_it_does_not_answer_is_declined(library, question):
    assert library.ask(question).verdict is Verdict.NONE


@pytest.mark.slow
def test_candidates_are_probabilities_best_first(library):
    found = library.ask("衣服买大了想换小一码")
    scores = [candidate.score for candidate in found.candidates]
    assert (len(scores), found.candidates[0].key) == (5, "exchange_size")
    assert scores == sorted(scores, reverse=True)
    assert 0 < sum(scores) <= 1 + 1e-9
    assert found.margin > 0


def test_an_article_about_something_unusual_beats_what_is_asked_elsewhere():
    rental = Entry("rental", "可以租礼服吗？", ("租一件西装多少钱", "租衣服一天怎么收费"))
    found = Index.build((*ENTRIES, rental)).ask("你们租不租礼服，租一天多少钱")
    assert found.candidates[0].key == "rental"
    assert found.verdict is not Verdict.NONE


def test_a_question_leans_to_the_side_whose_sentences_are_near():
    leaning = Leaning(np.eye(3, dtype=np.float32), answered=1)
    ours, elsewhere, nowhere = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]], np.float32)
    assert [round(leaning.of(each), 2) for each in (ours, elsewhere, nowhere)] == [0.9, -0.83, -0.03]


def test_a_word_that_no_article_has_is_strange_and_what_is_asked_elsewhere_makes_it_no_less_so():
    views = Views([Group(("积分怎么用",), "积分可以抵钱"), Group(("积分要交个人所得税吗",))], answered=1)
    known, strange = views.see("积分怎么抵钱"), views.see("积分怎么交所得税")
    assert (known.strange, strange.strange) == (0, 1)
    assert known.leaning > 0 > strange.leaning


def test_words_for_one_thing_are_one_concept_and_a_word_inside_a_longer_one_says_nothing():
    assert set(concepts("邮费")) == set(concepts("快递费"))
    assert set(concepts("换尿布")).isdisjoint(concepts("换货"))
    assert concepts("zipper") == concepts("zip")
    assert concepts("gzip") == {}


def test_dialect_becomes_plain_before_it_is_compared():
    assert plain("这衣裳啥时候能到，贵不？") == "这衣裳什么时候能到,贵吗?"


def test_no_question_of_the_evaluation_stands_in_an_article():
    asked = {text for name in PARTS.values() for text, _ in questions(name)}
    assert asked.isdisjoint(form for entry in entries() for form in (entry.question, *entry.variants))


@pytest.mark.slow
def test_the_shipped_articles_answer_what_was_kept_back(library):
    """A floor under `clothier eval answers`, which tells the figures."""
    found = [(library.ask(text), key) for text, key in questions("kept_back")]
    answerable = [(ranking, key) for ranking, key in found if key != "none"]
    outright = [(ranking, key) for ranking, key in answerable if ranking.verdict is Verdict.SURE]
    declined = [ranking.verdict is Verdict.NONE for ranking, key in found if key == "none"]
    right = [ranking.candidates[0].key == key for ranking, key in outright]
    assert sum(ranking.candidates[0].key == key for ranking, key in answerable) / len(answerable) >= 0.9
    assert len(outright) / len(answerable) >= 0.6
    assert sum(right) / len(right) >= 0.95
    assert sum(declined) / len(declined) >= 0.9
