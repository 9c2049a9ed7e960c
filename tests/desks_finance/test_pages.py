"""The finance desk, page by page."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from clothier.kernel.clock import SimulatedClock
from clothier.places.models import Store
from clothier.settlement.models import BusinessDay, Decision, Difference, Statement, Till, TillSession
from clothier.settlement.services import compare, work_once
from tests.cast import Cast
from tests.settlement.books import DAY, PROVIDER, paid, right, stated

pytestmark = pytest.mark.usefixtures("trialpay")
EMPTY = {f"pieces_{fen}": "" for fen in (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)}


def signed(client: Client, employee: Any) -> Client:
    client.force_login(employee.user)
    return client


def test_a_cashier_opens_counts_blind_and_closes_a_till_on_the_phone(client: Client, cast: Cast, till: Till):
    signed(client, cast.zhou)
    assert "开台" in client.get("/finance/tills/").content.decode()
    opened = client.post(f"/finance/tills/{till.pk}/opening", {f"{till.pk}-float": "500", "key": "a"})
    session = TillSession.objects.get()
    assert (opened.status_code, opened["Location"]) == (302, f"/finance/sessions/{session.pk}/")
    page = client.get(opened["Location"]).content.decode()
    assert ("清点抽屉" in page, "应有现金" in page) == (True, False)
    client.post(f"/finance/sessions/{session.pk}/count", {**EMPTY, "pieces_10000": "4", "key": "b"})
    page = client.get(opened["Location"]).content.decode()
    assert ("¥400" in page, "应有现金" in page) == (True, False)
    refused = client.post(f"/finance/sessions/{session.pk}/closure", {"reason": ""})
    assert (refused.status_code, "现金少了 ¥100" in refused.content.decode()) == (422, True)
    client.post(f"/finance/sessions/{session.pk}/closure", {"reason": "找错零"})
    session.refresh_from_db()
    assert (session.expected_fen, session.counted_fen, session.reason) == (50_000, 40_000, "找错零")
    assert "应有现金" in client.get(opened["Location"]).content.decode()


def test_cash_moves_and_wrong_amounts_are_told_beside_the_field(client: Client, cast: Cast, till: Till):
    signed(client, cast.zhou)
    bad = client.post(f"/finance/tills/{till.pk}/opening", {f"{till.pk}-float": "许多"})
    assert (bad.status_code, "请填写金额" in bad.content.decode()) == (422, True)
    client.post(f"/finance/tills/{till.pk}/opening", {f"{till.pk}-float": "500"})
    session = TillSession.objects.get()
    client.post(f"/finance/sessions/{session.pk}/cash", {"direction": "out", "amount": "200", "reason": "存保险柜"})
    assert session.moves.get().fen == -20_000
    wrong = client.post(f"/finance/sessions/{session.pk}/count", {**EMPTY, "pieces_10000": "-1"})
    assert wrong.status_code == 422


def test_a_manager_adds_and_retires_tills_of_the_own_store_only(client: Client, cast: Cast, till: Till):
    signed(client, cast.wu)
    client.post("/finance/tills/new", {"code": "t2", "name": "二号台"})
    made = Till.objects.get(code="t2")
    assert made.store_id == cast.store.pk
    assert client.post("/finance/tills/new", {"code": "t2", "name": "二号台"}).status_code == 422
    client.post(f"/finance/tills/{made.pk}/retirement")
    made.refresh_from_db()
    assert made.retired_at is not None
    foreign = Till.objects.create(store=cast.other_store, code="x", name="别店")
    assert client.post(f"/finance/tills/{foreign.pk}/opening", {f"{foreign.pk}-float": "0"}).status_code == 404


def test_the_glance_shows_each_store_with_one_next_step(
    client: Client, cast: Cast, till: Till, saturday: SimulatedClock, django_assert_max_num_queries: Any
):
    saturday.advance(7200)
    paid(cast.store.pk, "a1", 10_000)
    signed(client, cast.gao)
    page = client.get("/finance/").content.decode()
    assert page.count("开台") >= 2
    day = f"/finance/days/{cast.store.code}/{DAY}/"
    assert client.post(f"{day}closure", {"note": "平安"}).status_code == 302
    assert client.post(f"{day}closure").status_code == 422
    with django_assert_max_num_queries(17):
        page = client.get("/finance/").content.decode()
    assert ("上传账单" in page, "¥100" in page, "以前的账都对平了" in page) == (True, True, True)
    saturday.advance(86_400)
    page = client.get("/finance/").content.decode()
    assert ("上传账单" in page, "¥100" in page) == (True, True)
    shown = client.get(day).content.decode()
    assert ("微信支付" in shown, "还缺的账单" in shown, "高远" in shown) == (True, True, True)


def test_a_file_is_uploaded_checked_confirmed_and_compared(
    client: Client, cast: Cast, saturday: SimulatedClock, tmp_path: Path, settings: Any
):
    settings.HOME = tmp_path
    saturday.advance(7200)
    paid(cast.store.pk, "a1", 10_000)
    signed(client, cast.gao)
    client.post(f"/finance/days/{cast.store.code}/{DAY}/closure")
    file = SimpleUploadedFile(f"{DAY}.csv", b"trialpay\na1,9000,54\nnonsense")
    sent = client.post("/finance/statements/", {"provider": PROVIDER, "file": file})
    at = sent["Location"]
    assert "检查中" in client.get(at).content.decode()
    work_once()
    page = client.get(at).content.decode()
    assert ("列数不对" in page, "导入并核对" in page) == (True, True)
    client.post(f"{at}confirmation", {"date": str(DAY)})
    work_once()
    assert "金额不符" in client.get(at).content.decode()
    again = client.post("/finance/statements/", {"provider": PROVIDER, "file": SimpleUploadedFile("x", b"trialpay\n")})
    assert again.status_code == 302
    work_once()
    failed = Statement.objects.latest("pk")
    assert "没有可以导入的行" in client.get(f"/finance/statements/{failed.pk}/").content.decode()
    client.post(f"/finance/statements/{failed.pk}/removal")
    assert Statement.objects.count() == 1


@pytest.fixture
def difference(cast: Cast) -> Difference:
    paid(cast.store.pk, "a1", 10_000)
    stated([right("a1", 9_000), right("stranger", 7_700)])
    compare(provider=PROVIDER, first=DAY, last=DAY)
    return Difference.objects.get(kind="amount")


def test_a_difference_shows_both_sides_and_is_decided_and_undone(client: Client, cast: Cast, difference: Difference):
    signed(client, cast.gao)
    at = f"/finance/differences/{difference.pk}/"
    page = client.get(at).content.decode()
    assert ("¥100" in page, "¥90" in page, "处理完成" in page) == (True, True, True)
    assert client.post(f"{at}decision", {"reason": "claimed", "note": ""}).status_code == 422
    client.post(f"{at}decision", {"reason": "claimed", "note": "已申诉", "key": "d"})
    client.post(f"{at}remarks", {"text": "等回复"})
    page = client.get(at).content.decode()
    assert ("已申诉" in page, "等回复" in page, "处理完成" in page) == (True, True, False)
    client.post(f"{at}decision/undoing")
    assert Decision.objects.get().undone_by == cast.gao.pk
    assert "处理完成" in client.get(at).content.decode()


def test_the_queue_filters_and_pages_by_key(
    client: Client, cast: Cast, difference: Difference, django_assert_max_num_queries: Any
):
    signed(client, cast.gao)
    with django_assert_max_num_queries(8):
        page = client.get("/finance/differences/").content.decode()
    assert ("我方没有" in page, page.count("data-href")) == (True, 2)
    assert client.get("/finance/differences/?kind=amount").content.decode().count("data-href") == 1
    assert client.get(f"/finance/differences/?store={cast.other_store.pk}").content.decode().count("data-href") == 0
    assert client.get("/finance/differences/?state=resolved").content.decode().count("data-href") == 0
    last = Difference.objects.order_by("-pk")[0]
    assert client.get(f"/finance/differences/?before={last.pk}").content.decode().count("data-href") == 1
    assert client.get("/finance/differences/?date=nonsense&kind=x&state=y").status_code == 200


def test_a_manager_reads_the_own_stores_differences_and_decides_none(
    client: Client, cast: Cast, difference: Difference
):
    signed(client, cast.wu)
    page = client.get("/finance/differences/").content.decode()
    assert page.count("data-href") == 1
    at = f"/finance/differences/{difference.pk}/"
    assert "处理完成" not in client.get(at).content.decode()
    assert client.post(f"{at}decision", {"reason": "claimed", "note": "x"}).status_code == 403
    stranger = Difference.objects.get(kind="missing_here")
    assert client.get(f"/finance/differences/{stranger.pk}/").status_code == 404


def test_the_ledger_is_exported_with_every_day_and_store_adding_up_to_nothing(
    client: Client, cast: Cast, difference: Difference, saturday: SimulatedClock
):
    saturday.advance(7200)
    signed(client, cast.gao)
    client.post(f"/finance/days/{cast.store.code}/{DAY}/closure")
    assert "微信支付" in client.get(f"/finance/ledger/?first={DAY}&last={DAY}").content.decode()
    told = client.get(f"/finance/ledger/export?first={DAY}&last={DAY}")
    text = told.content.decode("utf-8-sig").splitlines()
    assert text[1] == f"{DAY},sh-nanjing,南京路店,1122.01,应收账款—微信支付,微信支付,100.00,,否"
    sheet = load_workbook(BytesIO(client.get(f"/finance/ledger/export?first={DAY}&last={DAY}&as=xlsx").content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert sum(row[6] or 0 for row in rows) == sum(row[7] or 0 for row in rows) > 0
    Store.objects.filter(pk=cast.store.pk).update(name="=cmd()")
    assert ",'=cmd()," in client.get(f"/finance/ledger/export?first={DAY}&last={DAY}").content.decode()
    assert client.get("/finance/ledger/?first=2026-11-15&last=2026-11-14").status_code == 422
    assert BusinessDay.objects.count() == 1
