"""Cases over the API: opened once, read, answered; a key of another store reaches nothing."""

import pytest
from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.cases.models import Case
from clothier.cases.selectors import card_of
from tests.api.conftest import Machine
from tests.cases.conftest import opened

SCOPES = [Scope.CASES_READ, Scope.CASES_WRITE]


@pytest.fixture
def desk(cast) -> Machine:
    return Machine(Client(), create_key(name="service desk", scopes=SCOPES))


def test_a_case_is_opened_once_answered_and_read(desk, cast, lin):
    told = {"kind": "complaint", "text": "洗一次就起球", "store": "sh-nanjing", "customer": lin}
    first = desk.post("cases", told, **{"Idempotency-Key": "a"})
    assert (first.status_code, first.json()["state"]) == (201, "open")
    assert desk.post("cases", told, **{"Idempotency-Key": "a"}).json()["id"] == first.json()["id"]
    number = first.json()["id"]
    desk.post(f"cases/{number}/words", {"text": "还没有回音"})
    done = desk.post(f"cases/{number}/replies", {"text": "抱歉久等，请带到店里", "employee": cast.chen.pk})
    assert done.status_code == 201
    whole = desk.get(f"cases/{number}").json()
    assert [one["kind"] for one in whole["said"]] == ["opening", "customer", "reply"]
    assert card_of(whole["card"]).case.pk == number
    assert desk.post(f"cases/{number}/replies", {"text": "好", "employee": 999}).status_code == 422


def test_pages_go_on_by_key_and_stay_in_the_keys_stores(desk, cast, lin):
    made = [opened(cast, customer=lin).pk for _ in range(3)]
    first = desk.get("cases", limit=2).json()
    assert [one["id"] for one in first["items"]] == made[:0:-1]
    assert [one["id"] for one in desk.get("cases", limit=2, after=first["next"]).json()["items"]] == made[:1]
    elsewhere = Machine(Client(), create_key(name="b", scopes=SCOPES, stores=[cast.other_store.pk]))
    assert elsewhere.get("cases").json()["items"] == []
    assert elsewhere.get(f"cases/{made[0]}").status_code == 404
    assert elsewhere.post("cases", {"kind": "care", "text": "怎么洗"}).status_code == 422
    assert Case.objects.count() == 3
