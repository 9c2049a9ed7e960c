import pytest
from django.db import DataError, OperationalError
from django.test import Client

from clothier.api import problems
from clothier.checkout.models import Order
from clothier.visits.models import Visit

pytestmark = pytest.mark.django_db


def test_the_api_describes_itself_to_anybody():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert "/api/v1/events" in answer.json()["paths"]


def test_an_arrival_told_twice_is_one_visit(machine, cast):
    told = {"store": "sh-nanjing", "via": "rfid"}
    first = machine.post("arrivals", told, **{"Idempotency-Key": "door-1"})
    again = machine.post("arrivals", told, **{"Idempotency-Key": "door-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Visit.objects.count() == 1


def test_one_idempotency_key_may_not_mean_two_things(machine, cast):
    machine.post("arrivals", {"store": "sh-nanjing"}, **{"Idempotency-Key": "door-1"})
    answer = machine.post("arrivals", {"store": "sh-nanjing", "party_size": 2}, **{"Idempotency-Key": "door-1"})
    assert answer.status_code == 422
    assert Visit.objects.count() == 1


def test_a_store_out_of_reach_is_as_unknown_as_none(machine, cast):
    other = machine.post("arrivals", {"store": "hz-hubin"})
    none = machine.post("arrivals", {"store": "nowhere"})
    assert (other.status_code, none.status_code) == (422, 422)
    assert other.json()["errors"][0]["field"] == "store"
    assert Visit.objects.count() == 0


def test_a_visit_of_another_store_cannot_be_read_or_served(machine, machine_with, cast):
    chain = machine_with()
    visit = chain.post("arrivals", {"store": "hz-hubin"}).json()["id"]
    assert machine.get("visits").json()["items"] == []
    assert machine.post(f"visits/{visit}/steps", {"step": "greeted"}).status_code == 404
    assert machine.post(f"visits/{visit}/stays", {"zone": "coats", "dwell_seconds": 5}).status_code == 404


def test_a_step_is_not_taken_in_the_name_of_somebody_of_another_store(machine, cast):
    visit = machine.post("arrivals", {"store": cast.store.code}).json()["id"]
    cast.zhou.home_store = cast.other_store
    cast.zhou.save()
    answer = machine.post(f"visits/{visit}/steps", {"step": "greeted", "employee": cast.zhou.pk})
    assert answer.status_code == 422
    assert machine.post(f"visits/{visit}/steps", {"step": "greeted", "employee": cast.wu.pk}).status_code == 201


def test_a_whole_service_over_the_api(machine, cast):
    visit = machine.post("arrivals", {"store": "sh-nanjing"}).json()["id"]
    steps = [
        {"step": "greeted", "employee": cast.zhou.pk},
        {"step": "stopped", "zone": "coats"},
        {"step": "approached", "employee": cast.zhou.pk},
        {"step": "left", "outcome": "left"},
    ]
    assert [machine.post(f"visits/{visit}/steps", step).status_code for step in steps] == [201] * 4
    assert machine.get("visits").json()["items"][0]["outcome"] == "left"


def test_pages_follow_their_cursor_to_the_end(machine, cast):
    ids = [machine.post("arrivals", {"store": "sh-nanjing"}).json()["id"] for _ in range(5)]
    seen, after = [], None
    while True:
        answer = machine.get("visits", limit=2, **({"after": after} if after else {})).json()
        seen += [item["id"] for item in answer["items"]]
        after = answer["next"]
        if after is None:
            break
    assert seen == ids[::-1]


def test_a_sale_told_twice_is_one_order_and_told_differently_is_refused(machine, cast):
    sale = {
        "store": "sh-nanjing",
        "number": "T1-0001",
        "lines": [{"code": "K2071", "quantity": 1, "total_fen": 39900}],
    }
    first, again = machine.post("sales", sale), machine.post("sales", sale)
    assert first.json() == again.json() == {"id": first.json()["id"], "number": "T1-0001", "total_fen": 39900}
    sale["lines"][0]["total_fen"] = 1
    answer = machine.post("sales", sale)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "number")
    assert Order.objects.count() == 1


def test_a_customer_is_registered_once_and_found_by_phone_with_the_number_masked(machine, cast):
    lin = {"name": "林梅", "external_id": "crm-7", "identifiers": [{"kind": "phone", "value": "13800138000"}]}
    first, again = machine.post("customers", lin).json(), machine.post("customers", lin).json()
    assert first == again
    assert machine.get("customers/lookup", kind="phone", value="13800138000").json() == first
    shown = machine.get(f"customers/{first['id']}").json()
    assert "0013" not in shown["phone"]
    assert machine.get("customers/lookup", kind="phone", value="13900139000").status_code == 404


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", "1", '"x"', b"\xff\xfe", '{"store": 1}', '{"store": "a\\u0000b"}', '{"store": "\\ud800"}',
     '{"store": "sh-nanjing", "party_size": 99999999999999999999}', '{"store": "sh-nanjing", "customer": 1e400}',
     '{"store": "sh-nanjing", "customer": 9223372036854775807}', '{"store": "sh-nanjing", "occurred_at": "9999-12-31"}',
     '{"store": "sh-nanjing", "occurred_at": "0001-01-01T00:00:00+14:00"}', "[" * 5000],
)  # fmt: skip
def test_malformed_input_is_a_problem_of_the_caller(machine, cast, body):
    machine.client.raise_request_exception = False
    answer = machine.post("arrivals", body)
    assert 400 <= answer.status_code < 500
    assert answer["Content-Type"] == "application/problem+json"
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("path", ["visits?after=x", "visits?limit=-1", "visits?after=99999999999999999999", "nothing"])
def test_malformed_addresses_are_a_problem_of_the_caller(machine, path):
    assert 400 <= machine.get(path).status_code < 500


def test_a_far_number_in_an_address_is_refused(machine):
    assert machine.post(f"visits/{10**30}/steps", {"step": "greeted"}).status_code == 422


def test_what_is_too_long_for_a_column_is_not_asked_to_be_sent_again():
    refused = problems._of_database(DataError("value too long for type character varying(2)"))
    busy = problems._of_database(OperationalError("database is locked"))
    assert (refused.status_code, busy.status_code, busy.headers["Retry-After"]) == (422, 503, "2")


@pytest.mark.parametrize(("field", "value"), [("title", "Mrs"), ("name", "梅" * 61)])
def test_a_customer_whose_name_or_title_fits_no_column_is_refused_at_its_field(machine, field, value):
    answer = machine.post("customers", {field: value})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_every_operation_says_how_it_refuses():
    told = Client().get("/api/v1/openapi.json").json()
    answers = {name for path in told["paths"].values() for each in path.values() for name in each["responses"]}
    assert answers == {"200", "201", "202", "4XX"}
    assert told["components"]["schemas"]["Problem"]["required"] == ["type", "title", "status", "detail"]
