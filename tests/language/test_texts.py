"""One spelling, words, moods, kinds."""

import pytest

from clothier.language.services import (
    fold,
    in_traditional,
    leaning,
    matters,
    mood,
    normalise,
    search_words,
    suggest_kind,
    words,
)


def test_full_width_traditional_and_capitals_become_one_spelling():
    assert normalise("請問　運費險怎麼用？ＡＢＣ１２３") == "请问 运费险怎么用?abc123"


def test_emoji_and_line_breaks_stay_and_stray_spaces_go():
    assert normalise("  好看\u200b   😊 \n  谢谢 ") == "好看 😊\n谢谢"


def test_a_dry_cleaner_is_simplified_and_an_emperor_is_left_alone():
    assert normalise("乾洗店在乾隆年間") == "干洗店在乾隆年间"


def test_folding_keeps_every_position():
    text = "㎏ 這件ＸＬ嗎？😊"
    assert len(fold(text)) == len(text)
    assert fold(text)[2:7] == "这件xl吗"


def test_words_of_the_trade_stay_whole():
    assert words("运费险怎么用，羊绒衫起球了！") == ["运费险", "怎么", "用", "羊绒衫", "起球", "了"]


def test_a_search_finds_the_short_word_inside_the_long_one():
    assert {"会员", "会员卡"} <= set(search_words("會員卡"))


def test_an_angry_message_is_told_from_a_disappointed_and_a_content_one():
    angry, sad, glad = mood("你们什么破店，骗子！！"), mood("毛衣洗一次就起球，有点失望"), mood("谢谢，衣服很满意")
    assert angry.anger > 0.8
    assert sad.anger < 0.5 < sad.negative
    assert (glad.anger, glad.negative) == (0.0, 0.0)


def test_a_negation_turns_a_feeling_round():
    assert mood("没有不满意").negative == 0.0
    assert mood("不满意").negative >= 0.5


@pytest.mark.parametrize(
    ("text", "kind", "topic", "severity"),
    [
        ("快递三天了没人理我，气死我了，我要投诉", "complaint", "logistics", "moderate"),
        ("孩子穿了起紅疹去醫院了", "complaint", "product", "serious"),
        ("不喜欢想退货，运费谁出", "return", "logistics", "minor"),
        ("这件大了，想换小一号", "exchange", "product", "minor"),
        ("外套拉链坏了能修吗", "repair", "product", "minor"),
        ("羊绒大衣怎么洗", "care", "product", "minor"),
        ("手机好像落在试衣间了", "lost", "environment", "minor"),
        ("请问几点关门", "inquiry", "product", "minor"),
        ("地滑害我摔倒了，膝盖流血", "complaint", "environment", "serious"),
        ("店员态度太差，爱答不理", "complaint", "service", "moderate"),
        ("I want a refund, the sweater shrank", "return", "product", "minor"),
    ],
)
def test_a_matter_is_suggested_from_its_words(text, kind, topic, severity):
    found = suggest_kind(text)
    assert (found.kind, found.topic, found.severity) == (kind, topic, severity)


def test_the_evidence_is_quoted_as_it_was_written():
    assert suggest_kind("外套拉鏈壞了能修嗎").evidence == ("拉鏈壞", "能修", "外套", "拉鏈")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("怎么退货？退了钱几天能到账", ["怎么退货", "退了钱几天能到账"]),
        ("衣服洗了一次就起球了，能退吗", ["衣服洗了一次就起球了，能退吗"]),
        ("我买的大衣，多久到北京 要不要运费，挺急的", ["我买的大衣，多久到北京", "要不要运费，挺急的"]),
        ("can it be washed? also how hot can I iron it", ["can it be washed", "also how hot can i iron it"]),
        ("你们还有货吗", ["你们还有货吗"]),
    ],
)
def test_a_message_is_taken_apart_where_it_asks_again(text: str, told: list[str]) -> None:
    assert matters(text) == told


@pytest.mark.parametrize(
    ("text", "old"), [("買兩件免運嗎", True), ("买两件免运吗", False), ("hello", False), ("我要换貨", False)]
)
def test_traditional_writing_is_recognised(text: str, old: bool) -> None:
    assert (leaning(text) > 0) is old


def test_words_of_an_answer_become_traditional_and_stay_so() -> None:
    once = in_traditional("头发、发货、平铺阴干")
    assert in_traditional(once) == once == "頭髮、發貨、平鋪陰乾"
