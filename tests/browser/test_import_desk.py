"""The operator brings a small, dirty file of orders in through the pages."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import floor
from tests.browser.conftest import DESKTOP, Meet

pytestmark = pytest.mark.browser


def orders(folder: Path) -> Path:
    """Four lines of which two are good: one has no quantity, one an impossible date."""
    run = uuid4().hex[:6].upper()
    rows = [
        "订单号,货号,数量,时间,单价,门店",
        f"T{run}-1,XN-001,2,2025-03-01 10:00,199.00,sh-xintiandi",
        f"T{run}-2,XN-002,1,2025-03-02 11:30,50.50,sh-xintiandi",
        f"T{run}-3,XN-003,many,2025-03-03 12:00,80.00,sh-xintiandi",
        f"T{run}-4,XN-004,1,2025-02-31 12:00,80.00,sh-xintiandi",
    ]
    file = folder / f"orders-{run}.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def stat(page: Page, label: str, value: str) -> None:
    box = page.locator(".stat").filter(has_text=label).first
    expect(box.locator(".stat__value")).to_have_text(value, timeout=30_000)


def test_a_dirty_file_is_mapped_tried_imported_and_reconciled(meet: Meet, tmp_path: Path) -> None:
    operator = meet("operator", DESKTOP)
    _upload(operator, orders(tmp_path))
    expect(operator.get_by_role("heading", name="各列是什么")).to_be_visible()

    floor.press(operator, "试导入")
    stat(operator, "可导入", "2")
    stat(operator, "未收", "2")

    floor.press(operator, "正式导入")
    stat(operator, "已导入", "2")
    expect(operator.locator("#main")).to_contain_text("文件与数据库分毫不差。")
    expect(operator.get_by_role("row").filter(has_text="448.50").first).to_be_visible()
    with operator.expect_download() as download:
        operator.get_by_role("link", name="下载未收的行和原因").click()
    rejected = download.value.path().read_text(encoding="utf-8-sig")
    assert "many" in rejected
    assert "2025-02-31" in rejected


def _upload(operator: Page, file: Path) -> None:
    operator.goto("/imports/")
    operator.locator("select[name=kind]").select_option("orders")
    operator.locator("input[type=file]").set_input_files(file)
    floor.press(operator, "上传并查看")
