"""The guard of free text: exact places, real numbers only, and no alarm at ordinary shop talk."""

import pytest

from clothier.customers.rules.sensitive import findings

WORDS = {"health": ("怀孕", "手术"), "insult": ("难缠",)}


def found(text):
    return [(f.kind, text[f.start : f.end]) for f in findings(text, WORDS)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("电话138 0013 8000回访", "phone", "138 0013 8000"),
        ("座机021-61234567", "phone", "021-61234567"),
        ("身份证11010519491231002X", "id_card", "11010519491231002X"),
        ("卡号 6222 0212 3456 7894 转账", "bank_card", "6222 0212 3456 7894"),
        ("发到 lin.mei@example.com", "email", "lin.mei@example.com"),
        ("微信号：linmei_88", "wechat", "微信号：linmei_88"),
        ("车停在外面沪A·12345", "plate", "沪A·12345"),
        ("送到南京东路100号", "address", "送到南京东路100号"),
        ("她怀孕五个月", "health", "怀孕"),
        ("这位很难缠", "insult", "难缠"),
    ],
)
def test_it_points_at(text, kind, words):
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    ["想要孕妇装送朋友", "订单号 2026111400123456789", "预算 13800 元", "胸围 88 腰围 68", "1101051949123100210 太长",
     "卡号 6222021234567890", "教会顾客搭配", "喜欢手术刀剪裁"],
)  # fmt: skip
def test_it_is_silent_about(text):
    assert found(text) == []


def test_places_come_in_order_and_do_not_overlap():
    text = "怀孕，电话13800138000，难缠"
    assert found(text) == [("health", "怀孕"), ("phone", "13800138000"), ("insult", "难缠")]
