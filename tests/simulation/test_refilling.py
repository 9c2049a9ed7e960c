from datetime import timedelta

import pytest

from clothier.checkout.models import Order
from clothier.customers.models import Fact
from clothier.kernel.errors import Refused
from clothier.simulation.models import Filling
from clothier.simulation.selectors import demo_accounts
from clothier.simulation.services import fill, filled
from clothier.visits.models import Visit

PEOPLE = 40


def test_an_interrupted_fill_continues_where_it_was(db, saturday):
    class Interrupted(Exception):
        pass

    def stop_at_the_likes(stage: str, done: int, total: int) -> None:
        if stage == "尺码和喜好":
            raise Interrupted

    with pytest.raises(Interrupted):
        fill(customers=PEOPLE, stores=2, styles=60, busiest=0, progress=stop_at_the_likes)
    assert filled() is None
    before = (Order.objects.count(), Visit.objects.count())
    assert fill(customers=7, stores=1, busiest=0).customers == PEOPLE
    assert (Order.objects.count(), Visit.objects.count()) == before
    assert Fact.objects.exists()


def test_a_real_shop_is_left_alone(cast):
    with pytest.raises(Refused):
        fill(customers=PEOPLE)
    assert not Filling.objects.exists()


def test_production_has_no_demo(db, settings):
    settings.PRODUCTION = True
    assert demo_accounts() == []
    with pytest.raises(Refused):
        fill(customers=PEOPLE)


def test_the_shops_have_lived_for_hours_when_the_demo_opens(db, saturday):
    opened = saturday.now()
    fill(customers=PEOPLE, stores=2, styles=60, busiest=8)
    came = Visit.objects.exclude(via="").filter(steps__kind="arrived")
    assert came.count() > 3
    assert not came.filter(left_at__gt=opened).exists()
    assert min(visit.arrived_at for visit in came) >= opened - timedelta(hours=3)
    assert max(visit.arrived_at for visit in came) <= opened == saturday.now()
