import pytest

from clothier.customers.models import Customer, Identifier, Profile
from clothier.customers.selectors import by_identifier
from clothier.customers.services import link_identifier, register
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from tests.customers.people import PHONE, lin, phone, somebody

pytestmark = pytest.mark.django_db


def test_a_registered_customer_is_found_by_every_way_of_writing_the_phone(saturday):
    pk = lin()
    assert by_identifier("phone", "+86 138-0013-8000") == pk
    assert by_identifier("member", "m10086") == pk
    assert by_identifier("phone", "13900139000") is None
    assert by_identifier("phone", "call me") is None


def test_nothing_readable_of_the_phone_is_in_the_database(saturday):
    lin()
    row = Identifier.objects.get(kind="phone")
    assert not any(PHONE[-4:] in str(value) for value in (row.hash, row.sealed, row.tail))


def test_registering_twice_under_one_external_number_registers_once(saturday):
    first = somebody(external_id="A7", source="import")
    assert somebody("别人", external_id="A7", source="import") == first
    assert (Customer.objects.count(), Entry.objects.count(), Profile.objects.count()) == (1, 1, 1)


def test_registering_twice_under_one_key_registers_once(saturday):
    assert somebody(key="phone-1") == somebody(key="phone-1")
    assert Customer.objects.count() == 1


def test_a_wrong_phone_is_refused_and_nobody_is_registered(saturday):
    with pytest.raises(Refused) as refused:
        somebody("王芳", phone("12345"))
    assert refused.value.field == "phone"
    assert Customer.objects.count() == 0


def test_the_event_of_a_registration_names_nobody(saturday):
    pk = lin(store=None)
    entry = Entry.objects.get(type="customer.registered")
    assert (entry.subject_id, entry.customer_id, entry.payload) == (pk, pk, {"customer_id": pk, "source": "store"})


def test_an_identifier_given_twice_is_kept_once_and_can_become_verified(saturday):
    pk = register(name="王芳")
    first = link_identifier(customer_id=pk, kind="phone", value=PHONE)
    assert link_identifier(customer_id=pk, kind="phone", value=PHONE, verified=True) == first
    assert Identifier.objects.get().verified_at == saturday.now()
