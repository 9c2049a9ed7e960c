"""The month's report: what came, how it ended, what it cost; lines lead to their cases, files are plain data."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from clothier.cases import services
from clothier.places.models import Store
from tests.cast import Cast
from tests.desks_casework.conftest import FIRST, desk

XLSX = "/cases/report/table/?as=xlsx"


def test_a_manager_reads_the_month_and_follows_a_line_to_its_cases(cast: Cast, complaint, wu):
    other = services.open_case(kind="inquiry", store=cast.store.pk, actor=cast.zhou.pk, **FIRST).pk
    services.set_cause(case=complaint, cause="pilling", actor=cast.wu.pk)
    page = wu.get("/cases/report/").content.decode()
    assert re.search(r"开立</span>\s*<span class=\"stat__value\">2", page)
    (link,) = re.findall(r'href="([^"]+)">起球</a>', page)
    listed = wu.get(link.replace("&amp;", "&")).content.decode()
    assert f"/cases/{complaint}/" in listed
    assert f"/cases/{other}/" not in listed


def test_other_months_and_other_peoples_stores_are_empty(cast: Cast, complaint, wu):
    assert "这个月没有开立服务单" in wu.get("/cases/report/?month=2024-01").content.decode()
    told = wu.get(f"/cases/report/?month=nonsense&store={cast.other_store.pk}").content.decode()
    assert re.search(r"开立</span>\s*<span class=\"stat__value\">1", told)


def test_who_serves_customers_reads_no_report(zhou, complaint):
    assert zhou.get("/cases/report/").status_code == 403
    assert zhou.get(XLSX).status_code == 403


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)"])
def test_no_spreadsheet_takes_a_shops_name_for_a_formula(cast: Cast, complaint, name):
    Store.objects.filter(pk=cast.store.pk).update(name=name)
    manager = desk(cast.wu)
    csv = manager.get("/cases/report/table/").content.decode("utf-8-sig")
    assert f"'{name}" in csv
    sheet = load_workbook(BytesIO(manager.get(XLSX).content)).active
    assert [cell.value for cell in sheet[2]][3:] == [f"'{name}", "还没定原因", 1, 0, 0]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}
