"""Two people at once, on a database that lets them."""

import pytest
from django.db import connection

from clothier.eventlog.models import Entry
from clothier.kernel.clock import now
from clothier.kernel.errors import Refused
from clothier.settlement.models import BusinessDay, TillSession
from clothier.settlement.selectors import open_date
from clothier.settlement.services import add_till, close_day, open_till
from tests.cast import assemble
from tests.visits.test_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_writers():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")


def test_two_people_closing_a_day_close_it_once():
    cast = assemble()
    day = open_date(cast.store.pk, cast.store.zone_info)
    given = together(
        *(lambda who=who: close_day(store=cast.store.pk, day=day, actor=who.pk) for who in (cast.wu, cast.gao))
    )
    assert {type(one) for one in given} == {BusinessDay, Refused}
    assert Entry.objects.filter(type="day.closed").count() == 1


def test_a_till_opened_while_its_day_closes_is_counted_first_or_belongs_to_the_next():
    cast = assemble()
    day = open_date(cast.store.pk, cast.store.zone_info)
    for turn in range(5):
        till = add_till(store=cast.store.pk, code=f"t{turn}", name=f"{turn}")
        given = together(
            lambda till=till: open_till(till=till.pk, float_fen=0, actor=cast.zhou.pk),
            lambda: close_day(store=cast.store.pk, day=day, actor=cast.wu.pk),
        )
        (opened,) = (one for one in given if isinstance(one, TillSession))
        closed = any(isinstance(one, BusinessDay) for one in given)
        assert closed == (opened.day.date > day)
        TillSession.objects.update(closed_at=now())
        BusinessDay.objects.update(sealed_at=None)


def test_two_people_opening_one_till_open_it_once():
    cast = assemble()
    till = add_till(store=cast.store.pk, code="t1", name="一号台")
    given = together(
        *(lambda who=who: open_till(till=till.pk, float_fen=0, actor=who.pk) for who in (cast.zhou, cast.wu))
    )
    assert {type(one) for one in given} == {TillSession, Refused}
