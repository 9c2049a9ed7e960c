"""The language guard on the shipped house rules: what it stops, what it lets pass."""

import time

import pytest

from clothier.language.services import check, hints
from clothier.standards.rules.documents import shelf

RULES = shelf.shipped("language")


def said(text: str, *, complaint: bool = False) -> list[tuple[str, str, str]]:
    return [(hit.key, hit.said, hit.severity) for hit in check(text, RULES, complaint=complaint)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这个不知道呢", ("dont_know", "不知道", "stop")),
        ("亲，这件不 能 退的哦", ("no_return", "不 能 退", "stop")),
        ("這款不給退", ("no_return", "不給退", "stop")),
        ("没有。", ("none", "没有", "warn")),
        ("我们店没有了哦", ("none", "没有", "warn")),
        ("卖完了", ("sold_out", "卖完了", "warn")),
        ("不行，下次吧", ("curt_no", "不行", "stop")),
        ("这个我们办不了", ("not_possible", "办不了", "stop")),
        ("物流不归我们管", ("not_my_job", "不归我们管", "stop")),
        ("规定就是这样！", ("the_rule_is", "规定就是这样", "stop")),
        ("请您耐心等待哦", ("wait_patiently", "您耐心", "warn")),
        ("订单提交后无法修改的哦", ("refusal", "无法修改", "warn")),
        ("好的，请您稍等，这边为您查询", ("wait_how_long", "稍等", "warn")),
        ("亲，手机碎屏不支持保修的", ("refusal", "不支持保修", "warn")),
        ("I don’t know, sorry", ("dont_know", "I don’t know", "stop")),
        ("Sale items cannot be returned.", ("no_return", "cannot be returned", "stop")),
    ],
)
def test_a_curt_answer_is_caught_as_it_was_written(text, expected):
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "不知道您喜欢哪个颜色？",
        "能不能退我帮您看一下订单",
        "您放心，没有色差",
        "有没有您喜欢的款式",
        "不是不能退，是要先看看吊牌还在不在",
        "您说的“不能退”我来核实",
        "这样行不行，您看看",
        "这件不可以机洗，建议手洗",
        "您没有收到短信吗",
        "您那边没有的话我发给您",
        "您知不知道我们周六有活动",
        "随便您看，有需要叫我",
        "三个工作日内到账，请您耐心等待",
        "感谢您的耐心等待",
        "请您稍等两分钟，我去确认",
        "稍等 湖北恩施可以送达",
        "如果店里没货，我从别的店调",
        "I know nowhere better; now let me help",
        "",
    ],
)
def test_what_only_looks_like_it_passes(text):
    assert said(text) == []


def test_a_mere_warning_becomes_a_stop_in_the_answer_to_a_complaint():
    assert said("没货", complaint=True) == [("sold_out", "没货", "stop")]


def test_a_hit_stands_where_it_was_written_and_offers_words_in_its_language():
    text = "😊 亲，这个 不知道 哦"
    (hit,) = check(text, RULES)
    assert text[hit.start : hit.end] == "不知道"
    assert hit.instead == ("我来帮您查询", "我马上确认，两分钟内告诉您")
    assert check("no idea", RULES)[0].instead == ("Let me find out for you",)


def test_several_hits_come_in_the_order_they_stand():
    assert [key for key, _, _ in said("不知道，不归我管，你等着")] == ["dont_know", "not_my_job", "wait_there"]


def test_the_three_steps_are_hinted_at_until_they_are_taken():
    assert [hint.key for hint in hints("我帮您查一下", RULES)] == ["greeting", "confirm"]
    assert hints("您好，请问您是想换大一码吗？我来帮您办", RULES) == []


def test_a_complaint_is_answered_with_feeling_solution_and_a_time():
    assert [hint.key for hint in hints("我们会为您申请退款", RULES, complaint=True)] == ["feeling", "when"]
    assert hints("让您久等了，非常抱歉，我为您申请退款，今天下午五点前到账", RULES, complaint=True) == []


def test_a_thousand_characters_are_checked_in_the_time_between_two_keystrokes():
    text = "您好，很抱歉让您久等了，这件羽绒服现在没有货，我来帮您查询附近的门店。" * 30
    check(text, RULES)
    started = time.process_time()
    check(text, RULES)
    assert time.process_time() - started < 0.030
