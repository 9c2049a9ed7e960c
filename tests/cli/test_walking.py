"""The bench of pages finds them by itself."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import path

from clothier.cli.benches import pages, serving, walking
from clothier.cli.benches.lean import answer, is_writing, twins
from clothier.cli.benches.measuring import recorded
from clothier.cli.benches.walking import walk
from clothier.staff.models import Employee


def test_every_page_is_found_where_it_is_linked_or_in_the_map(cast):
    client = Client()
    client.force_login(cast.wu.user)
    found = walk(client)
    assert found["board/<slug:code>/"] == f"/board/{cast.store.code}/"
    assert found["roster/at/<slug:store>/"].startswith(f"/roster/at/{cast.store.code}/")
    assert found["customers/"] == "/customers/"
    # What is not for a manager, and what others made.
    assert not [route for route in found if route.startswith(("imports/", "office/", "api/", "accounts/"))]


def test_a_file_to_take_away_is_no_page(monkeypatch, cast):
    def opened(role: str) -> Client:
        client = Client()
        client.force_login(cast.gao.user)
        return client

    addresses = {each: each for each in ("/membership/coupons/fairness/", "/membership/coupons/fairness.csv")}
    monkeypatch.setattr(pages, "walk", lambda client: addresses)
    monkeypatch.setattr(pages, "signed_in", opened)
    monkeypatch.setattr(pages, "ROLES", ("operator",))
    monkeypatch.setattr(pages.ready, "hold_still", lambda: None)
    told = {figure.name: figure for figure in pages.every_page(0)}
    page, file = "operator: /membership/coupons/fairness/ p95", "operator: /membership/coupons/fairness.csv p95"
    assert (told["pages"].value, told["files"].value) == (1, 1)
    assert told["the slowest page p95"].value == told[page].value
    assert told["the slowest file p95"].value == told[file].value


def test_two_pages_that_send_each_other_away_are_asked_once_each(monkeypatch):
    monkeypatch.setattr(walking, "get_resolver", lambda: SimpleNamespace(url_patterns=[path("board/", lambda r: None)]))
    asked: list[str] = []

    def away(address: str) -> HttpResponseRedirect:
        asked.append(address)
        return HttpResponseRedirect("/floor/" if address == "/board/" else "/board/")

    assert walk(SimpleNamespace(get=away)) == {}
    assert asked == ["/board/", "/floor/"]


def test_a_bench_does_not_wait_for_a_worker_that_has_died(saturday, monkeypatch, db):
    waits: list[float] = []
    monkeypatch.setattr(serving.time, "sleep", lambda pause: waits.append(saturday.advance(10) and pause))
    with pytest.raises(RuntimeError, match="silent"):
        serving.settle()
    assert len(waits) == 7


def test_a_lean_view_writes_into_twins_as_often_as_it_likes(cast):
    with recorded(writing=True) as queries:
        Employee.objects.create(number="E900", name="梅", role="associate", home_store=cast.store)
    assert is_writing(queries.told)
    with twins([queries.told]) as (view,):
        answer(view)
        answer(view)
    assert Employee.objects.filter(number="E900").count() == 1
