from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clothier.checkout.models import Order
from clothier.imports.models import Import
from clothier.imports.services import work_once
from clothier.knowledge.models import Article
from tests.cast import Cast

FILE = (
    "单号,款号,名称,数量,时间,单价,会员号\n"
    "A1,K1,大衣,1,2026-11-01 12:00,2999.00,C1\n"
    "A2,K2,毛衫,-1,2026-11-02 12:00,399.00,C1\n"
    "A3,K2,毛衫,一件,2026-11-02 12:00,399.00,C1\n"
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def gao(client: Client, cast: Cast) -> Client:
    client.force_login(cast.gao.user)
    return client


def send(client: Client, content: str = FILE, kind: str = "orders"):
    upload = SimpleUploadedFile("十一月.csv", content.encode("gbk"), content_type="text/csv")
    return client.post("/imports/", {"kind": kind, "file": upload})


def plan(**changes: str) -> dict[str, str]:
    columns = {"number": "0", "code": "1", "description": "2", "quantity": "3", "occurred_at": "4", "unit_price": "5"}
    options = {"option_date_order": "ymd", "option_zone": "Asia/Shanghai", "option_currency": "CNY"}
    return {**columns, "customer": "6", **options, "option_source": "import", **changes}


def test_a_trial_of_questions_shows_line_by_line_what_would_become_of_them(gao):
    send(gao, "问题,答案\n几天能退,七天。\n没有答案,\n", kind="articles")
    task = Import.objects.get()
    options = {"option_date_order": "ymd", "option_zone": "Asia/Shanghai"}
    gao.post(f"/imports/{task.pk}/trial", {"question": "0", "answer": "1", **options})
    work_once()
    page = gao.get(f"/imports/{task.pk}/")
    assert [(line, str(what), about) for line, what, _tone, about in page.context["told"]] == [
        (2, "新建", "几天能退"),
        (3, "不收", "没有答案"),
    ]
    assert "几天能退" in page.content.decode()
    assert not Article.objects.exists()


def test_a_file_is_sent_looked_at_tried_and_imported(gao):
    sent = send(gao)
    task = Import.objects.get()
    assert sent["Location"] == f"/imports/{task.pk}/"
    page = gao.get(f"/imports/{task.pk}/").content.decode()
    assert "大衣" in page
    assert '<option value="4" selected>时间</option>' in page
    gao.post(f"/imports/{task.pk}/trial", plan())
    assert "every 1s" in gao.get(f"/imports/{task.pk}/").content.decode()
    work_once()
    tried = gao.get(f"/imports/{task.pk}/").content.decode()
    assert "试导入结果" in tried
    assert "¥2,999" in tried
    assert not Order.objects.exists()
    gao.post(f"/imports/{task.pk}/start", plan())
    work_once()
    done = gao.get(f"/imports/{task.pk}/").content.decode()
    assert "文件与数据库分毫不差。" in done
    assert Order.objects.count() == 2
    refused = gao.get(f"/imports/{task.pk}/rejected")
    assert refused["Content-Disposition"].startswith("attachment")
    assert "4,“一件”不是整数数量,A3" in b"".join(refused.streaming_content).decode("utf-8-sig")
    assert "十一月.csv" in gao.get("/imports/").content.decode()


def test_a_missing_column_is_said_next_to_its_field_and_nothing_starts(gao):
    send(gao)
    task = Import.objects.get()
    answer = gao.post(f"/imports/{task.pk}/start", plan(unit_price=""))
    assert answer.status_code == 422
    assert "缺少必需的列：单价" in answer.content.decode()
    assert Import.objects.get().state == "draft"


def test_a_file_that_is_no_table_is_refused_on_the_page_and_not_kept(gao, tmp_path):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7", content_type="application/pdf")
    answer = gao.post("/imports/", {"kind": "orders", "file": upload})
    assert answer.status_code == 422
    assert "这是 PDF 文件" in answer.content.decode()
    assert not Import.objects.exists()
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_running_import_is_paused_and_gone_on_with(gao):
    send(gao)
    task = Import.objects.get()
    gao.post(f"/imports/{task.pk}/start", plan())
    gao.post(f"/imports/{task.pk}/pause")
    assert Import.objects.get().state == "stopped"
    assert work_once() == 0
    assert "从断点继续" in gao.get(f"/imports/{task.pk}/").content.decode()
    gao.post(f"/imports/{task.pk}/resumption")
    work_once()
    assert Import.objects.get().state == "finished"


def test_the_polled_part_asks_for_the_whole_page_once_it_is_over(gao):
    send(gao)
    task = Import.objects.get()
    gao.post(f"/imports/{task.pk}/start", plan())
    headers = {"HX-Request": "true"}
    running = gao.get(f"/imports/{task.pk}/", headers=headers)
    assert "<html" not in running.content.decode()
    assert "HX-Refresh" not in running
    work_once()
    assert gao.get(f"/imports/{task.pk}/", headers=headers)["HX-Refresh"] == "true"


def test_a_trial_that_ended_is_shown_as_a_page_and_not_within_the_one_that_waited(gao):
    send(gao)
    task = Import.objects.get()
    gao.post(f"/imports/{task.pk}/trial", plan())
    work_once()
    ended = gao.get(f"/imports/{task.pk}/", headers={"HX-Request": "true"})
    assert (ended["HX-Refresh"], ended.content) == ("true", b"")


def test_only_head_office_may_import(client, cast):
    client.force_login(cast.zhou.user)
    assert client.get("/imports/").status_code == 403
    assert send(client).status_code == 403
    assert not Import.objects.exists()


def test_the_history_asks_few_questions(gao, django_assert_max_num_queries):
    for _ in range(5):
        send(gao)
    with django_assert_max_num_queries(8):
        gao.get("/imports/")


def test_a_finished_import_is_taken_back_from_its_page(gao):
    send(gao)
    task = Import.objects.get()
    gao.post(f"/imports/{task.pk}/start", plan())
    work_once()
    assert "确认撤销" in gao.get(f"/imports/{task.pk}/").content.decode()
    assert gao.post(f"/imports/{task.pk}/undoing")["Location"] == f"/imports/{task.pk}/"
    assert "every 1s" in gao.get(f"/imports/{task.pk}/").content.decode()
    work_once()
    done = gao.get(f"/imports/{task.pk}/").content.decode()
    assert "已撤销" in done
    assert "撤下的订单" in done
    assert "这份文件带来的都撤下了。" in done
    assert "高远 · " in done
    assert "确认撤销" not in done
    assert not Order.objects.exists()
