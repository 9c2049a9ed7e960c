"""The studio says whose data the house holds, and how often it was read."""

from datetime import timedelta

import pytest

from clothier.customers.models import AccessRecord
from clothier.desks.studio.views import privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, cast):
    client.force_login(cast.gao.user)
    return lambda **headers: client.get("/studio/privacy/", **headers)


def read(saturday, *, what: str, days: int = 0) -> None:
    AccessRecord.objects.create(role="agent", what=what, purpose="test", at=saturday.now() - timedelta(days=days))


def test_it_counts_the_reads_of_the_last_thirty_days_by_kind(page, saturday):
    for what, days in (("unmask", 0), ("unmask", 29), ("unmask", 31), ("vault", 1)):
        read(saturday, what=what, days=days)
    counts = dict(page().context["counts"])
    assert {what: counts[what] for what in ("unmask", "vault", "card")} == {"unmask": "2", "vault": "1", "card": "0"}


def test_beyond_so_many_it_counts_no_further(page, saturday, monkeypatch):
    monkeypatch.setattr(privacy, "MOST", 2)
    for _ in range(3):
        read(saturday, what="card")
    assert page().context["counts"]["card"] == "2+"


def test_it_names_columns_grounds_and_the_days_that_hold_here(page, settings):
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "access_log": 777}
    body = page().content.decode()
    for said in ("customers_identifier.sealed", "第十三条第二项", "777", "敏感", "加密"):
        assert said in body


def test_it_asks_the_same_number_of_questions_however_long_the_log_is(page, saturday, django_assert_max_num_queries):
    for _ in range(20):
        read(saturday, what="card")
    with django_assert_max_num_queries(16):
        page()
