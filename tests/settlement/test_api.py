"""A day and a drawer over the API: read only, of the stores a key reaches."""

import pytest
from django.test import Client

from clothier.api.contracts import Scope
from clothier.api.keys import create_key
from clothier.kernel import clock
from clothier.settlement.models import Till
from clothier.settlement.services import close_day, close_till, count_drawer, open_till
from tests.api.conftest import Machine
from tests.cast import Cast
from tests.settlement.books import paid


@pytest.fixture
def books(cast: Cast) -> Machine:
    return Machine(Client(), create_key(name="accounting", scopes=[Scope.SETTLEMENT_READ]))


def test_a_day_tells_its_figures_and_a_running_drawer_does_not_tell_what_should_be_in_it(
    cast: Cast, till: Till, books: Machine
):
    session = open_till(till=till.pk, float_fen=500_00, actor=cast.zhou.pk)
    paid(cast.store.pk, "a1", 99_00, at=clock.now(), method="cash", till=till.pk)
    running = books.get("drawers/sh-nanjing/t1").json()
    assert (running["float_fen"], running["closed_at"], running["expected_fen"]) == (50_000, None, None)

    count_drawer(session=session.pk, pieces={10_000: 5, 5_000: 1, 500: 9, 100: 4}, actor=cast.zhou.pk)
    close_till(session=session.pk, actor=cast.zhou.pk)
    close_day(store=cast.store.pk, day=clock.now().date(), actor=cast.wu.pk)

    day = books.get("days/sh-nanjing/2026-11-14").json()
    assert (day["state"], day["takings_fen"], day["late"], day["differences"]) == ("closed", 9_900, 0, 0)
    assert [(line["line"], line["fen"]) for line in day["figures"]] == [("cash", 9_900), ("sales", 9_900)]
    (drawer,) = day["drawers"]
    assert (drawer["expected_fen"], drawer["counted_fen"], drawer["difference_fen"]) == (59_900, 59_900, 0)


def test_a_day_nobody_touched_a_store_out_of_reach_and_another_scope_are_refused(cast: Cast, books: Machine):
    assert books.get("days/sh-nanjing/2026-11-14").status_code == 404
    assert books.get("drawers/sh-nanjing/t9").status_code == 404
    elsewhere = create_key(name="b", scopes=[Scope.SETTLEMENT_READ], stores=[cast.other_store.pk])
    assert Machine(Client(), elsewhere).get("days/sh-nanjing/2026-11-14").status_code == 422
    reader = create_key(name="c", scopes=[Scope.BOOKINGS_READ])
    assert Machine(Client(), reader).get("days/sh-nanjing/2026-11-14").status_code == 403
