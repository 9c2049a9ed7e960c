"""A key opens what its scopes say, in its stores: every operation of the API × every scope, own things and others'."""

import json

import pytest
from django.test import Client

from clothier.api import limits
from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.api.v1.app import api
from clothier.eventlog.models import Entry
from tests.security.walk import Address, values_for
from tests.security.world import MARK

pytestmark = pytest.mark.django_db

# The rule: an operation on a thing needs the scope of that thing, to read for GET and to write for anything else.
THINGS = {
    "arrivals": "visits", "visits": "visits", "bells": "visits", "customers": "customers", "sales": "orders",
    "returns": "orders", "styles": "catalog", "stock": "catalog", "promises": "promises", "events": "events",
    "slots": "bookings", "appointments": "bookings", "activities": "bookings", "coupons": "orders", "parking": "visits",
    "days": "settlement", "drawers": "settlement", "chats": "chats", "payments": "payments", "cases": "cases",
}  # fmt: skip


def operations() -> list[tuple[str, Address]]:
    found = api.get_openapi_schema()["paths"].items()
    return [
        (method, Address(path.lstrip("/").replace("{", "<").replace("}", ">"))) for path, of in found for method in of
    ]


def needed(method: str, address: Address) -> Scope:
    thing = THINGS[address.route.split("/")[2]]
    # Who sells reads what selling needs: orders have no scope of their own to be read.
    return Scope(f"{thing}:{'read' if method == 'get' and thing != 'orders' else 'write'}")


def asking(key: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)


def ask(client: Client, method: str, path: str, body: object = None):
    if method == "get":
        return client.get(path)
    return getattr(client, method)(path, json.dumps(body or "nonsense"), content_type="application/json")


def test_every_operation_is_of_a_thing_that_has_a_scope():
    assert {needed(method, address) for method, address in operations()} == set(Scope)


@pytest.mark.parametrize("scope", Scope)
def test_a_key_opens_what_its_scope_says_and_nothing_else(world, scope):
    client, before = asking(create_key(name="one", scopes=[scope])), Entry.objects.latest("pk").pk
    wrong = {}
    for method, address in operations():
        # The body serves hardly any operation: within the scope it is refused for what it says, beyond it unread.
        status = ask(client, method, address.filled(values_for(address, world.own))).status_code
        if (status == 403) != (needed(method, address) is not scope) or status in {401, 500}:
            wrong[f"{method} {address.route}"] = status
    assert wrong == {}
    # Giving something up needs no body; the activity has begun, and its seats are taken.
    written = set(Entry.objects.filter(pk__gt=before).values_list("type", flat=True))
    assert written == ({"appointment.cancelled"} if scope is Scope.BOOKINGS_WRITE else set())


def test_a_key_of_one_store_neither_reads_nor_writes_another_stores_things(world):
    client = asking(create_key(name="till", scopes=list(Scope), stores=[world.cast.store.pk]))
    before = Entry.objects.count()
    foreign = values_for(Address("<visit><store>"), world.foreign)
    bodies = {"store": foreign["store"], "kind": "greeted", "zone": "coats", "dwell_seconds": 5, "source": "kiosk"}
    answers = {}
    for method, address in operations():
        path = address.filled(values_for(address, world.foreign))
        answer = ask(client, method, f"{path}?store={foreign['store']}" if method == "get" else path, bodies)
        answers[f"{method} {address.route}"] = answer.status_code
        assert MARK not in answer.content.decode(), path
        assert json.dumps(MARK).strip('"') not in answer.content.decode(), path
    # Customers, what they have been given and the catalogue are the chain's; all else is unknown, as if not there.
    chains = {
        "get api/v1/customers/<customer>/points", "get api/v1/customers/<customer>/statement",
        "post api/v1/customers/<customer>/card", "get api/v1/customers/<customer>",
        "get api/v1/customers/lookup", "get api/v1/styles", "post api/v1/events",
        "get api/v1/customers/<customer>/coupons", "get api/v1/coupons/signature", "get api/v1/parking/<plate>",
    }  # fmt: skip
    assert {told for told in answers if told not in chains and answers[told] not in {404, 422}} == set()
    assert Entry.objects.count() == before


def test_lists_of_a_key_of_one_store_hold_its_own_things_alone(world):
    client = asking(create_key(name="till", scopes=list(Scope), stores=[world.cast.store.pk]))
    for path in ("visits", "promises"):
        found = client.get(f"/api/v1/{path}").json()["items"]
        assert found != []
        assert {item["store"] for item in found} == {world.cast.store.pk}


def test_a_line_of_a_stream_about_another_store_is_refused_and_the_rest_is_kept(world):
    client = asking(create_key(name="till", scopes=list(Scope), stores=[world.cast.store.pk]))
    lines = [
        {"type": "arrival", "key": code, "store": code} for code in (world.cast.other_store.code, world.cast.store.code)
    ]
    answer = client.post("/api/v1/events", "\n".join(map(json.dumps, lines)), content_type="application/x-ndjson")
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (1, 1)


@pytest.mark.parametrize("key", ["", "ck_0123456789_nonsense", "ck_", "Basic abc"])
def test_without_a_good_key_every_operation_is_401(world, key, monkeypatch):
    monkeypatch.setattr(limits, "guesses", limits.Limit(10_000))
    client = asking(key) if key else Client()
    answers = {(m, a.route): ask(client, m, a.filled(values_for(a, world.own))).status_code for m, a in operations()}
    assert set(answers.values()) == {401}
