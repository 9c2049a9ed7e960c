import pytest
from django.test import Client

from clothier.checkout.services import record_sale
from clothier.desks.reports import drawing
from clothier.insights.services import refresh
from tests.cast import Cast
from tests.checkout.facts import line


@pytest.fixture
def wu(client: Client, cast: Cast) -> Client:
    record_sale(source="pos", number="A1", store=cast.store.pk, lines=[line(quantity=2)])
    record_sale(source="pos", number="H1", store=cast.other_store.pk, lines=[line()])
    refresh()
    client.force_login(cast.wu.user)
    return client


def test_the_list_shows_every_metric_with_its_definition(wu, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = wu.get("/reports/").content.decode()
    assert "¥598" in page
    assert "售出商品金额 ÷ 销售单数。" in page
    assert "目标 95.0%" in page


def test_a_metric_has_a_chart_a_table_and_a_file(wu):
    page = wu.get("/reports/basket/?start=2026-11-13&end=2026-11-14").content.decode()
    assert "vega-lite" in page
    assert "<td>2026-11-14</td><td>¥598</td><td>59,800</td><td>1</td>" in page
    file = wu.get("/reports/basket/table.csv?start=2026-11-13&end=2026-11-14")
    assert file["Content-Disposition"] == 'attachment; filename="basket-2026-11-13-2026-11-14.csv"'
    assert file.content.decode("utf-8-sig").splitlines() == [
        "day,basket,numerator,denominator",
        "2026-11-13,,0,0",
        "2026-11-14,59800,59800,1",
    ]


def test_the_chart_is_drawn_for_print_without_a_browser(wu):
    drawn = wu.get("/reports/sales/chart.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg")


def test_another_stores_figures_stay_unseen_whatever_the_address_says(wu):
    assert "¥299" not in wu.get("/reports/sales/?store=hz-hubin").content.decode()


def test_nonsense_in_the_address_is_read_as_the_last_thirty_days(wu):
    assert wu.get("/reports/?start=yesterday&end=2031-01-01&store=atlantis").status_code == 200
    assert wu.get("/reports/nothing/").status_code == 404


def test_associates_have_no_reports(client, cast):
    client.force_login(cast.zhou.user)
    assert client.get("/reports/").status_code == 403


def test_a_course_is_drawn_in_its_box_and_interrupted_where_nothing_was_measured():
    assert drawing.course([0, 5, None, 10, 10]) == ["0.0,23.0 25.0,12.0", "75.0,1.0 100.0,1.0"]
    assert drawing.course([None, 3, None]) == []
    assert drawing.course([0, 0, 0]) == ["0.0,23.0 50.0,23.0 100.0,23.0"]
