from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Sum

from clothier.catalog.models import Stock, Style
from clothier.checkout.models import Order
from clothier.customers.models import ConsentState, Customer, Fact, Identifier, Profile
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.places.models import Store
from clothier.simulation.selectors import demo_accounts
from clothier.simulation.services import Filled, fill
from clothier.staff.models import Shift
from clothier.staff.selectors import viewer_of
from clothier.visits.models import Visit
from tests.conftest import SATURDAY

pytestmark = pytest.mark.django_db
PEOPLE = 40


@pytest.fixture(scope="module")
def filling(django_db_setup, django_db_blocker) -> Iterator[Filled]:
    """One fill for the whole file; each test works in a savepoint of it."""
    with django_db_blocker.unblock(), clock.simulated(SATURDAY), transaction.atomic():
        yield fill(customers=PEOPLE, stores=2, styles=60, busiest=0)
        transaction.set_rollback(True)


@pytest.fixture
def chain(filling, db, saturday) -> Filled:
    return filling


def test_a_filled_chain_has_stores_people_goods_and_shopping(chain):
    assert chain == Filled(seed=2071, customers=PEOPLE, stores=2, fresh=True)
    assert list(Store.objects.values_list("code", flat=True)) == ["hz-hubin", "sh-xintiandi"]
    assert (Style.objects.count(), Customer.objects.count()) == (60, PEOPLE)
    assert Identifier.objects.count() == 2 * PEOPLE
    assert Visit.objects.filter(left_at=None).count() == 0
    assert (
        Order.objects.filter(kind="sale", visit_id__isnull=False).count() == Order.objects.filter(kind="sale").count()
    )
    assert ConsentState.objects.exists()
    assert Fact.objects.filter(field="size", source="sale").exists()


def test_profiles_hold_what_the_orders_add_up_to(chain):
    spent = Order.objects.aggregate(fen=Sum("goods_fen"))["fen"]
    figures = Profile.objects.aggregate(fen=Sum("spend_fen"), orders=Sum("orders"), visits=Sum("visits"))
    assert figures == {
        "fen": spent,
        "orders": Order.objects.filter(kind="sale").count(),
        "visits": Visit.objects.count(),
    }


def test_filling_twice_fills_once(chain):
    before = (Order.objects.count(), Visit.objects.count(), Shift.objects.count())
    assert fill(customers=999) == Filled(seed=2071, customers=PEOPLE, stores=2, fresh=False)
    assert (Order.objects.count(), Visit.objects.count(), Shift.objects.count()) == before


def test_every_demo_account_signs_in_with_its_role(chain):
    accounts = demo_accounts()
    assert {account.role for account in accounts} >= {
        Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.MALL, Role.OPERATOR, Role.ADMIN,
    }  # fmt: skip
    for account in accounts:
        user = authenticate(username=account.username, password=account.password)
        assert viewer_of(user).role == account.role


def test_the_flagship_carries_everything_and_sees_most_visitors(chain):
    flagship, street = (Store.objects.get(code=code) for code in ("sh-xintiandi", "hz-hubin"))
    styles = Stock.objects.filter(store=flagship).values("sku__style").distinct().count()
    assert styles == 60 > Stock.objects.filter(store=street).values("sku__style").distinct().count()
    assert Visit.objects.filter(store=flagship).count() > Visit.objects.filter(store=street).count()
