"""Story 4: a zip is mended and its card followed on a phone."""

import re
import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import casework, floor
from tests.browser.conftest import DESKTOP, Meet

pytestmark = pytest.mark.browser


def photo(folder: Path) -> Path:
    """A small picture, as a phone would send one."""
    row = b"\0" + b"\x90\x40\x30" * 8

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 8)) + chunk(b"IEND", b"")
    file = folder / "zip.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return file


def test_a_zip_is_mended_and_its_card_followed_on_a_phone(meet: Meet, tmp_path: Path) -> None:
    her = casework.somebody(meet("operator", DESKTOP))
    associate = meet("associate")
    _dropped_off(associate, her, photo(tmp_path))
    card = meet(None)
    card.goto(casework.card_of(associate))
    expect(card.get_by_text("我们正在办理")).to_be_visible()
    expect(card.locator(".shots img")).to_have_count(1)
    assert card.locator(".shots img").first.evaluate("image => image.complete && image.naturalWidth") == 8

    _handed_to_the_vendor(associate)
    card.reload()
    expect(card.get_by_text("在维修商那里").first).to_be_visible()
    expect(card.locator(".bar[data-state=paused]").first).to_be_visible()  # Away from us, the clock stands still.

    casework.go_to(associate, "waiting")
    casework.choose(associate, "waiting_for", "vendor")
    associate.get_by_label("为什么等").fill("拉头要从厂里寄来")
    floor.press(associate, "等待")
    floor.expect_toast(associate, "已转为等待")
    card.reload()
    expect(card.get_by_text("拉头要从厂里寄来")).to_be_visible()
    card.get_by_label("补充一句").fill("不急，修好就行")
    card.get_by_role("button", name="发送", exact=True).click()
    expect(card.get_by_text("不急，修好就行")).to_be_visible()

    _back_and_done(associate)
    card.reload()
    card.get_by_role("button", name="满意，可以了").click()
    expect(card.get_by_text("这件事已经办好")).to_be_visible()
    card.locator("label[for=score-5]").click()
    card.get_by_role("button", name="提交评价").click()
    expect(card.get_by_text("您给了 5 分")).to_be_visible()
    associate.reload()
    floor.press(associate, "关闭")
    floor.expect_toast(associate, "已关闭")


def _dropped_off(associate: Page, her: str, picture: Path) -> None:
    associate.goto(f"/cases/new/?customer={her}&kind=repair")
    associate.locator(".casegoods__one input[type=checkbox]:enabled").first.check()
    associate.locator("#line-reason").select_option("repair")
    associate.locator("#line-wear").select_option("worn")
    associate.locator("#holder").select_option("shop")
    associate.get_by_label("怎么回事").fill("拉链卡住了，齿掉了两颗")
    associate.locator("#photos").set_input_files(picture)
    floor.press(associate, "开立")
    expect(associate).to_have_url(re.compile(r"/cases/\d+/$"))
    associate.get_by_label("写给顾客").fill("您好，衣服收到了，我来为您送修，三天内修好。")
    floor.press(associate, "回复")
    floor.expect_toast(associate, "已回复")


def _handed_to_the_vendor(associate: Page) -> None:
    casework.go_to(associate, "handover")
    casework.choose(associate, "holder", "vendor")
    associate.get_by_label(re.compile("^维修商")).fill("巧手坊")
    associate.get_by_label("为什么交出").fill("换拉头，补两颗齿")
    associate.get_by_label(re.compile("^接收人签名")).fill("王师傅")
    sheet = associate.locator("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    associate.mouse.move(box["x"] + 30, box["y"] + 30)
    associate.mouse.down()
    associate.mouse.move(box["x"] + 120, box["y"] + 70, steps=5)
    associate.mouse.up()
    floor.press(associate, "交出货品")
    floor.expect_toast(associate, "已交接")
    expect(associate.locator("svg.signature path")).to_have_attribute("d", re.compile(r"^M\d+ \d+L"))


def _back_and_done(associate: Page) -> None:
    casework.go_to(associate, "receipt")
    associate.get_by_label(re.compile("^交货人签名")).fill("王师傅")
    floor.press(associate, "收到货")
    floor.expect_toast(associate, "货品在店里了")
    casework.go_to(associate, "done")
    floor.press(associate, "办结")
    floor.expect_toast(associate, "已办结")
