"""Payments over the API: how they stand, what was said, money asked back once; of the stores a key reaches."""

import pytest
from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.kernel.refs import Ref
from clothier.payments import services
from clothier.payments.contracts import Method
from clothier.payments.models import Evidence, Payment, Refund
from tests.api.conftest import Machine
from tests.cast import Cast

BOTH = [Scope.PAYMENTS_READ, Scope.PAYMENTS_WRITE]


@pytest.fixture
def machine(cast: Cast) -> Machine:
    return Machine(Client(), create_key(name="erp", scopes=BOTH))


@pytest.fixture
def payment(cast: Cast) -> int:
    """¥60 by transfer, confirmed."""
    bill = services.open_payment(subject=Ref("cart", 7), amount_fen=600_000, store=cast.store.pk, key="k")
    sent = services.attempt(payment=bill.pk, method=Method.TRANSFER, key="a")
    services.confirm_transfer(attempt=sent.pk, reference="回单 1", actor=None)
    Evidence.objects.create(attempt_id=sent.pk, at=bill.opened_at, verb="query", status=200, answered={"ok": 1})
    return int(bill.pk)


def test_how_a_payment_stands_and_what_was_said_about_it(machine, payment):
    told = machine.get(f"payments/{payment}").json()
    assert (told["state"], told["subject"], told["captured_fen"]) == ("paid", "cart:7", 600_000)
    assert [(each["method"], each["state"]) for each in told["attempts"]] == [("transfer", "captured")]
    (said,) = machine.get(f"payments/{payment}/evidence").json()
    assert (said["verb"], said["status"], said["answered"]) == ("query", 200, {"ok": 1})
    assert [each["id"] for each in machine.get("payments?store=sh-nanjing").json()["items"]] == [payment]


def test_money_is_asked_back_once_for_each_number_and_never_more_than_there_is(machine, payment):
    asked = {"number": "R-1", "amount_fen": 400_000, "reason": "少发一件"}
    told = [machine.post(f"payments/{payment}/refunds", asked) for _time in range(2)]
    assert [(each.status_code, each.json()["id"]) for each in told] == [(202, Refund.objects.get().pk)] * 2
    assert told[0].json()["parts"][0]["amount_fen"] == 400_000
    for wrong in (
        asked | {"number": "R-2", "amount_fen": 200_001},
        asked | {"amount_fen": 1},
        asked | {"number": "R-3", "amount_fen": -5},
        asked | {"number": "R-4", "amount_fen": 10**30},
    ):
        assert machine.post(f"payments/{payment}/refunds", wrong).status_code == 422
    assert Payment.objects.get().refunded_fen == 400_000
    assert len(machine.get(f"payments/{payment}/refunds").json()) == 1


def test_a_key_of_another_store_or_only_to_read_gives_nothing_back(cast, payment):
    elsewhere = Machine(Client(), create_key(name="b", scopes=BOTH, stores=[cast.other_store.pk]))
    assert elsewhere.get(f"payments/{payment}").status_code == 404
    assert elsewhere.get("payments").json()["items"] == []
    reader = Machine(Client(), create_key(name="c", scopes=[Scope.PAYMENTS_READ]))
    asked = {"number": "R-1", "amount_fen": 1}
    assert [each.post(f"payments/{payment}/refunds", asked).status_code for each in (elsewhere, reader)] == [404, 403]
    assert Refund.objects.count() == 0
