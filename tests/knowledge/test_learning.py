"""What people ask makes the library better: gaps, false answers, and what they choose themselves."""

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge import selectors, services
from clothier.knowledge.contracts import Lesson, Verdict
from clothier.knowledge.models import Choice, Gap, Wording
from tests.cast import Cast


def variants(article: int) -> list[str]:
    said = selectors.in_force(article, clock.now())
    assert said is not None
    return list(said.version.variants)


def test_alike_questions_are_one_gap_and_counted(library: dict[str, int]) -> None:
    for nth, text in enumerate(["可以带狗进店吗", "可以带狗进店吗？", "能带狗进店吗", "你们招人吗"]):
        services.note_gap(text=text, channel="web", key=f"gap-{nth}")
    told = selectors.gaps()
    assert [(one.gap.text, one.gap.count, len(one.wordings)) for one in told] == [
        ("可以带狗进店吗", 3, 2),
        ("你们招人吗", 1, 1),
    ]


def test_a_question_told_twice_is_counted_once(library: dict[str, int]) -> None:
    first = services.note_gap(text="可以带狗进店吗", channel="web", key="bot:7")
    assert services.note_gap(text="可以带狗进店吗", channel="web", key="bot:7").pk == first.pk
    assert Gap.objects.get().count == 1


def test_what_looks_personal_is_blanked_before_it_is_kept(library: dict[str, int]) -> None:
    services.note_gap(text="我的电话 13800138000 能查单吗", channel="sms")
    assert Gap.objects.get().text == "我的电话 … 能查单吗"
    assert "13800138000" not in Wording.objects.get().plain


def test_a_text_without_a_word_is_no_question(library: dict[str, int]) -> None:
    with pytest.raises(Refused):
        services.note_gap(text=" ？？！ ", channel="web")


def test_answering_a_gap_teaches_its_wordings(library: dict[str, int], cast: Cast) -> None:
    gap = services.note_gap(text="车停你们那儿贵不贵", channel="web")
    services.answer_gap(gap=gap.pk, article=library["parking"], actor=cast.gao.pk)
    services.answer_gap(gap=gap.pk, article=library["parking"], actor=cast.gao.pk)
    assert variants(library["parking"]) == ["车停你们那儿贵不贵"]
    assert selectors.versions_of(library["parking"])[0].learned == "gap"
    assert not selectors.gaps()
    assert Entry.objects.filter(type="gap.closed").count() == 1


def test_a_gap_set_aside_opens_when_it_is_asked_again(library: dict[str, int], cast: Cast) -> None:
    gap = services.note_gap(text="今天天气怎么样", channel="web")
    services.dismiss_gap(gap=gap.pk, actor=cast.gao.pk)
    assert not selectors.gaps()
    services.note_gap(text="今天天气怎么样", channel="web")
    assert [one.gap.count for one in selectors.gaps()] == [2]


def test_two_people_who_choose_the_same_teach_it(library: dict[str, int]) -> None:
    asked, article = "毛毛球好多", library["pilling"]
    services.click_candidate(text=asked, article=article, who="thread:1")
    services.click_candidate(text=asked, article=article, who="thread:1")
    assert asked not in variants(article)
    services.click_candidate(text=asked, article=article, who="thread:2")
    assert asked in variants(article)
    assert selectors.versions_of(article)[0].learned == "click"
    assert not Choice.objects.filter(who__contains="thread").exists()


def test_people_who_disagree_teach_nothing(library: dict[str, int]) -> None:
    services.click_candidate(text="毛毛球好多", article=library["returns"], who="thread:1")
    for nth in (2, 3):
        services.click_candidate(text="毛毛球好多", article=library["parking"], who=f"thread:{nth}")
    assert "毛毛球好多" in variants(library["parking"])
    services.click_candidate(text="毛毛球好多", article=library["returns"], who="thread:4")
    assert "毛毛球好多" not in variants(library["returns"])


def test_a_false_answer_is_corrected_and_stays_a_test_case(library: dict[str, int], cast: Cast) -> None:
    mark = services.mark_false(
        text="衣服到处是小球球",
        article=library["returns"],
        right=library["pilling"],
        actor=cast.chen.pk,
        key="mark-1",
    )
    again = services.mark_false(text="衣服到处是小球球", article=library["returns"], key="mark-1")
    assert again == mark
    assert selectors.lessons() == [Lesson(mark.pk, "衣服到处是小球球", "pilling", "returns")]
    assert selectors.answer("衣服到处是小球球", channel="web", at=clock.now()).article == library["pilling"]


def test_a_false_answer_without_a_right_one_waits_for_an_editor(library: dict[str, int], cast: Cast) -> None:
    mark = services.mark_false(text="能打八折吗", article=library["parking"], actor=cast.chen.pk)
    assert selectors.lessons() == []
    services.settle_mark(mark=mark.pk, right=None, actor=cast.gao.pk)
    assert selectors.lessons() == [Lesson(mark.pk, "能打八折吗", None, "parking")]


def test_what_nothing_answers_is_not_answered_again(library: dict[str, int], cast: Cast) -> None:
    asked = "停车怎么收费的自行车"
    assert selectors.answer(asked, channel="web", at=clock.now()).article == library["parking"]
    mark = services.mark_false(text=asked, article=library["parking"], actor=cast.chen.pk)
    services.settle_mark(mark=mark.pk, right=None, actor=cast.gao.pk)
    assert selectors.answer("请问停车怎么收费的自行车", channel="web", at=clock.now()).kind == Verdict.NONE
    assert selectors.answer("停车怎么收费？", channel="web", at=clock.now()).article == library["parking"]


def test_a_message_of_two_matters_is_answered_on_both(library: dict[str, int]) -> None:
    found = selectors.answer("停车怎么收费？另外几天内可以退货", channel="web", at=clock.now())
    assert [source.article for source in found.sources] == [library["parking"], library["returns"]]
    assert found.text == "1. 一小时 500 积分。\n\n2. 7 天内可以退货。"


def test_an_answer_is_in_the_language_of_its_question(library: dict[str, int]) -> None:
    told = [
        selectors.answer(asked, channel="web", at=clock.now())
        for asked in ("毛衣起球正常吗", "毛衣起球正常嗎？", "Is it normal that a sweater pills?")
    ]
    assert [(one.language, one.text) for one in told] == [
        ("zh", "少量起球是纤维的特点，用去球器修整即可。"),
        ("zh-hant", "少量起球是纖維的特點，用去球器修整即可。"),
        ("en", "A little is the fibre’s nature; a fabric shaver removes it."),
    ]
