"""The customer's chat on a phone: without a network, tapped twice, too fast, with files, read aloud."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Frame, Locator, Page, Route, expect

from tests.browser.conftest import DESKTOP, Meet
from tests.browser.shop import Shop

pytestmark = pytest.mark.browser
RARE = "<img src=x onerror=alert(1)> 😀👨‍👩‍👧 𠮷野家 Ａ"


POLICY = "default-src 'none'; script-src {ours}; frame-src {ours}; require-trusted-types-for 'script'"


@pytest.fixture
def boutique(shop: Shop) -> Iterator[str]:
    """Somebody else's site, with a strict policy and the one line."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", POLICY.format(ours=shop.url))
            self.end_headers()
            line = f'<script src="{shop.url}/chat/widget.js"></script>'
            self.wfile.write(f'<!DOCTYPE html><html lang="zh"><body><h1>Boutique</h1>{line}'.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/boutique"
        server.shutdown()


def say(her: Page, words: str) -> None:
    her.get_by_label("您想说的").fill(words)
    her.get_by_role("button", name="发送", exact=True).click()


def mine(her: Page) -> list[str]:
    """What she said and the shop has, in its order."""
    return [str(one) for one in her.locator("#messages .said__one--mine .said__text").all_inner_texts()]


def test_without_a_network_words_wait_in_their_order_and_arrive_once(meet: Meet) -> None:
    her = meet(None)
    her.goto("/chat/")
    say(her, "第一句")
    expect(her.locator("#messages")).to_contain_text("第一句")
    her.context.set_offline(True)
    say(her, "第二句")
    say(her, RARE)
    expect(her.locator("#unsent li")).to_have_count(2)
    expect(her.locator("#unsent")).to_contain_text("还没发出，有网络后自动发送")
    expect(her.locator("#told")).to_contain_text("还没发出")
    expect(her.get_by_label("您想说的")).to_have_value("")
    her.context.set_offline(False)
    expect(her.locator("#unsent li")).to_have_count(0, timeout=30_000)
    expect(her.locator("#messages")).to_contain_text("👨‍👩‍👧")
    her.reload()
    assert mine(her) == ["第一句", "第二句", RARE]


def test_the_answer_that_was_lost_on_the_way_says_nothing_twice(meet: Meet) -> None:
    her = meet(None)
    her.goto("/chat/")
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        route.fetch(max_redirects=0)
        lost.append(route.request.url)
        route.abort()

    her.route("**/messages/", lose_the_first)
    say(her, "只算一次")
    expect(her.locator("#unsent")).to_contain_text("还没发出")
    her.context.set_offline(True)
    her.context.set_offline(False)
    expect(her.locator("#unsent li")).to_have_count(0, timeout=30_000)
    her.reload()
    assert mine(her) == ["只算一次"]
    assert len(lost) == 1


def test_two_taps_are_one_message_and_nothing_is_no_message(meet: Meet) -> None:
    her = meet(None)
    her.goto("/chat/")
    her.get_by_role("button", name="发送", exact=True).click()
    her.get_by_label("您想说的").fill("点了两下")
    her.get_by_role("button", name="发送", exact=True).dblclick()
    expect(her.locator("#messages")).to_contain_text("点了两下")
    expect(her.locator("#unsent li")).to_have_count(0)
    her.reload()
    assert mine(her) == ["点了两下"]


def test_too_fast_is_told_kindly_and_what_cannot_be_sent_comes_back(meet: Meet, tmp_path: Path) -> None:
    her = meet(None)
    her.goto("/chat/")
    her.route("**/messages/", lambda route: route.fulfill(status=429))
    say(her, "太快了")
    expect(her.locator("#unsent")).to_contain_text("您发得有点快，一分钟内自动发出")
    her.unroute("**/messages/")
    page = tmp_path / "page.html"
    page.write_text("<script>alert(1)</script>")
    her.locator("input[name=files]").set_input_files(page)
    say(her, "看这个文件")
    refused = her.locator("#unsent li").filter(has_text="看这个文件")
    expect(refused).to_contain_text("只能发送图片、PDF、语音和视频", timeout=30_000)
    refused.get_by_role("button", name="改一改").click()
    expect(her.get_by_label("您想说的")).to_have_value("看这个文件")
    her.locator("input[name=files]").set_input_files([page] * 10)
    expect(her.locator("[data-files]")).to_have_text("一次最多 9 个文件，请分几次发。")


def test_what_was_said_while_the_phone_had_no_network_is_there_and_read_out_once(meet: Meet) -> None:
    phone, tablet = meet(None), meet(None, DESKTOP)
    phone.goto("/chat/")
    say(phone, "你好")
    expect(phone.locator("#told")).to_contain_text("智能助手：", timeout=20_000)
    tablet.goto(phone.url)
    phone.context.set_offline(True)
    say(tablet, "毛衣应该怎么洗？")
    expect(tablet.locator("#messages")).to_contain_text("羊毛专用洗涤剂", timeout=20_000)
    phone.context.set_offline(False)
    expect(phone.locator("#messages")).to_contain_text("羊毛专用洗涤剂", timeout=30_000)
    expect(phone.locator("#told")).to_contain_text(re.compile("^智能助手：.*羊毛专用洗涤剂"))


def test_one_line_on_a_strict_site_is_a_chat_worked_by_keyboard_with_nothing_stored(meet: Meet, boutique: str) -> None:
    visitor = meet(None, DESKTOP)
    complaints: list[str] = []
    visitor.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    visitor.goto(boutique)
    field = _opened_by_keyboard(visitor)
    field.fill("你们几点开门")
    field.press("Enter")
    expect(_frame(visitor).locator("#messages .said__one--mine")).to_have_count(1)
    visitor.keyboard.press("Escape")
    expect(field).to_be_hidden()
    visitor.keyboard.press("Enter")  # The button has the focus again.
    expect(field).to_be_visible()
    assert [one for one in complaints if "Policy" in one and "favicon" not in one] == []


def _opened_by_keyboard(visitor: Page) -> Locator:
    visitor.keyboard.press("Tab")
    with visitor.expect_event("framenavigated", lambda frame: "framed=1" in frame.url):
        visitor.keyboard.press("Enter")
    field = _frame(visitor).get_by_label("您想说的")
    expect(field).to_be_visible()
    return field


def _frame(visitor: Page) -> Frame:
    """The chat's frame, which stands in a root that the page around it cannot look into."""
    return next(frame for frame in visitor.frames if "framed=1" in frame.url)


DENIED = """
const denied = () => { throw new DOMException("denied", "SecurityError"); };
Object.defineProperty(window, "localStorage", { get: denied });
IDBFactory.prototype.open = denied;
LockManager.prototype.request = async () => denied();
"""


def test_a_frame_that_is_denied_all_storage_keeps_words_for_the_pages_life_and_says_where_to_go_on(
    meet: Meet, boutique: str
) -> None:
    visitor = meet(None, DESKTOP)
    visitor.add_init_script(f"if (window !== top) {{ {DENIED} }}")
    visitor.goto(boutique)
    field = _opened_by_keyboard(visitor)
    frame = _frame(visitor)
    assert "forgets=1" in frame.url
    for words in ("第一句", "第二句"):
        field.fill(words)
        field.press("Enter")
        expect(frame.locator("#messages")).to_contain_text(words)
    frame.get_by_text("换个地方继续聊").click()
    expect(frame.get_by_alt_text("用手机扫码，在手机上继续")).to_be_visible()
    with visitor.expect_popup() as opened:
        frame.get_by_role("link", name="在新窗口继续").click()
    expect(opened.value.locator("#messages")).to_contain_text("第二句")
