"""A customer's own page: opened once by a link, for one phone and one person."""

import pytest
from django.test import Client

from clothier.customers.services import register
from clothier.loyalty.contracts import EarnLine
from clothier.loyalty.selectors import code_of, expiring, lots
from clothier.loyalty.services import earn, make_link, renew_card, review
from tests.cast import Cast


@pytest.fixture
def lin(cast: Cast) -> int:
    customer = register(name="林晓")
    for order in range(1, 41):
        earn(document=f"order:{order}", lines=[EarnLine(order, 10_000 * order)], customer=customer)
    review([customer])
    return customer


@pytest.fixture
def phone(client: Client, lin: int) -> Client:
    answer = client.post(f"/me/open/{make_link(customer=lin)}/")
    assert answer.status_code == 302
    return client


def test_a_stranger_is_told_how_to_get_in_and_sees_nobodys_card(client, lin):
    answer = client.get("/me/")

    assert answer.status_code == 403
    assert "林晓" not in answer.content.decode()


def test_looking_at_a_link_does_not_use_it_up(client, lin):
    link = f"/me/open/{make_link(customer=lin)}/"
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 302
    assert Client().post(link).status_code == 409
    # Pressed again on the phone it opened, it leads to the page.
    assert client.post(link)["Location"] == "/me/"


def test_the_page_shows_points_and_makes_codes_but_no_contact_data(phone, lin, django_assert_max_num_queries):
    phone.get("/me/")
    with django_assert_max_num_queries(18):
        page = phone.get("/me/")

    told = page.content.decode()
    assert "82,000" in told
    assert f'data-number="{lin}"' in told
    assert page["Cache-Control"] == "private, no-cache"
    assert code_of(lin) not in told


def test_points_that_expire_on_one_day_are_one_row(phone, lin):
    assert len(lots(lin, limit=99)) == 40
    assert [points for _at, points in expiring(lin, limit=6)] == [sum(lot.points for lot in lots(lin, limit=99))]
    assert phone.get("/me/").content.decode().count("前有效") == 1


def test_the_statement_goes_on_page_by_page(phone, lin):
    first = phone.get("/me/statement/")
    assert [each["row"].points for each in first.context["rows"]] == [100 * order for order in range(40, 10, -1)]
    second = phone.get("/me/statement/" + first.context["next"])
    assert [each["row"].points for each in second.context["rows"]] == [100 * order for order in range(10, 0, -1)]
    assert second.context["next"] == ""


@pytest.mark.parametrize("place", ["?at=yesterday&id=1", "?at=2026-01-01&id=1", "?at=&id=", "?id=99999999999999999999"])
def test_a_place_that_is_none_begins_at_the_beginning(phone, place):
    assert len(phone.get("/me/statement/" + place).context["rows"]) == 30


def test_a_card_made_anew_shuts_the_page(phone, lin):
    renew_card(customer=lin)
    assert phone.get("/me/").status_code == 403


def test_leaving_forgets_the_phone(phone):
    phone.post("/me/leaving/")
    assert phone.get("/me/").status_code == 403


def test_a_cookie_somebody_wrote_themselves_opens_nothing(client, lin):
    client.cookies["clothier_member"] = f"[{lin},1]"
    assert client.get("/me/").status_code == 403
