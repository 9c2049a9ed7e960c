"""Looking after customers: finding them, grouping them, two records of one person, and their rights."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import floor
from tests.browser.conftest import DESKTOP, Meet

pytestmark = pytest.mark.browser


def register(operator: Page, name: str, *, phone: str = "") -> str:
    """A new customer at the counter; where her profile is."""
    operator.goto("/customers/new/")
    operator.get_by_label("姓名").fill(name)
    operator.get_by_label(re.compile("^手机号")).fill(phone)
    operator.locator("#main form .button--primary").click()
    expect(operator).to_have_url(re.compile(r"/customers/\d+/$"))
    return re.sub(r"^https?://[^/]+", "", operator.url)


@pytest.fixture
def operator(meet: Meet) -> Page:
    return meet("operator", DESKTOP)


def find(operator: Page, text: str) -> None:
    operator.goto("/customers/")
    operator.get_by_role("searchbox").press_sequentially(text, delay=30)


def test_a_customer_is_found_by_pinyin_by_initials_and_by_the_last_four_digits(operator: Page) -> None:
    register(operator, "司空妙音", phone="13900008642")
    hit = operator.locator("[data-hits] > a").filter(has_text="司空妙音")
    for text in ("sikongmiao", "skmy", "8642"):
        find(operator, text)
        expect(hit.first).to_be_visible()
        expect(hit.first).not_to_contain_text("13900008642")
    operator.keyboard.press("ArrowDown")
    expect(hit.first).to_have_attribute("data-chosen", "")
    operator.keyboard.press("Enter")
    expect(operator.get_by_role("heading", level=1)).to_contain_text("司空妙音")


def test_a_segment_shows_its_size_while_it_is_built(operator: Page) -> None:
    operator.goto("/customers/segments/new/")
    size = operator.locator("#size .size__number")
    everybody = int(re.sub(r"\D", "", size.inner_text()))
    operator.get_by_label("名称").fill("买过很多次的顾客")
    operator.locator("button.chip[name=add][value=figure]").click()
    operator.get_by_label("至少").fill("100000")
    expect(size).to_have_text(re.compile(r"^0\s*人$"))
    operator.get_by_label("至少").fill("1")
    expect(size).not_to_have_text(re.compile(r"^0\s*人$"))
    assert int(re.sub(r"\D", "", size.inner_text())) <= everybody
    floor.press(operator, "保存")
    expect(operator.get_by_role("heading", level=1)).to_have_text("买过很多次的顾客")
    with operator.expect_download() as download:
        operator.get_by_role("button", name="导出 CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) > 1


def test_two_records_of_one_person_are_reviewed_joined_and_parted(operator: Page) -> None:
    first, second = register(operator, "东方既白"), register(operator, "东方既白")
    operator.goto(f"{second}edit/")
    merging = operator.locator("form[action$='/merging']")
    merging.locator("input:not([type=hidden])").first.fill(first.strip("/").rsplit("/", 1)[-1])
    merging.get_by_role("button", name="合并").click()
    operator.goto(first)
    joined = operator.locator(".card").filter(has=operator.get_by_role("heading", name="合并自"))
    expect(joined).to_contain_text("东方既白")
    joined.get_by_role("button", name="拆分").click()
    operator.goto(first)
    expect(joined).to_have_count(0)


def test_a_customer_takes_her_data_along_and_erasure_says_what_happens(operator: Page) -> None:
    profile = register(operator, "皇甫如是", phone="13900007531")
    operator.goto(f"{profile}privacy/")
    with operator.expect_download() as download:
        operator.get_by_role("button", name="下载 JSON").click()
    assert "皇甫如是" in json.dumps(json.loads(download.value.path().read_text("utf-8")), ensure_ascii=False)
    card = operator.locator(".card").filter(has=operator.get_by_role("heading", name="删除", exact=True))
    expect(card).to_contain_text("三天后销毁密钥")
    card.locator("input:not([type=hidden]), select, textarea").first.fill("本人要求")
    card.get_by_role("button", name="申请删除").click()
    operator.goto(profile)
    expect(operator.locator("#main")).to_contain_text("顾客已要求删除资料，请勿再联系")
    operator.goto(f"{profile}privacy/")
    operator.get_by_role("button", name="撤回删除申请").click()
    operator.goto(profile)
    expect(operator.locator("#main")).not_to_contain_text("顾客已要求删除资料")


@pytest.mark.parametrize(("code", "word"), [("en", "Customers"), ("zh-hant", "顧客")])
def test_the_desk_speaks_the_reader_s_language(operator: Page, code: str, word: str) -> None:
    operator.goto("/customers/")
    operator.locator(".rail__foot summary").click()
    operator.locator(f".rail__foot button[value={code}]").click()
    expect(operator.get_by_role("heading", level=1)).to_have_text(word)
    assert operator.locator("html").get_attribute("lang") in {"en", "zh-Hant", "zh-hant"}
