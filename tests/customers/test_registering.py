import pytest

from clothier.customers.models import Customer, Identifier, Note, Profile
from clothier.customers.selectors import by_identifier
from clothier.customers.services import link_identifier, notes, register, registration, write_note
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.visits.services import arrive
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


def test_a_key_that_told_of_something_else_gives_out_no_other_number(cast):
    arrive(store=cast.store.pk, key="phone-1")
    pk = somebody(key="phone-2")
    verbs = [
        lambda: somebody(key="phone-1"),
        lambda: write_note(customer_id=pk, template="visit", answers={"need": "找一件大衣"}, key="phone-1"),
        lambda: write_note(customer_id=pk, template="visit", answers={"need": "找一件大衣"}, key="phone-2"),
    ]
    for verb in verbs:
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.field == "key"
    assert (Customer.objects.count(), Note.objects.count()) == (1, 0)


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


def unseen_at_first(monkeypatch, module, name):
    """The first look finds nothing: the other telling commits a moment later."""
    real, looks = getattr(module, name), []

    def look(*given):
        looks.append(given)
        return None if len(looks) == 1 else real(*given)

    monkeypatch.setattr(module, name, look)


@pytest.mark.parametrize("told", [{"key": "till:1"}, {"external_id": "A-1"}])
def test_told_twice_at_the_same_moment_somebody_is_registered_once(saturday, monkeypatch, told):
    first = register(name="林梅", source="api", **told)
    unseen_at_first(monkeypatch, registration, "_known")
    assert register(name="林梅", source="api", **told) == first
    assert Customer.objects.count() == 1


def test_a_note_sent_twice_at_the_same_moment_is_written_once(saturday, monkeypatch):
    said = {"customer_id": register(name="林梅"), "template": "visit", "answers": {"need": "大衣"}, "key": "phone:1"}
    first = write_note(**said)
    unseen_at_first(monkeypatch, notes, "first_told")
    assert write_note(**said) == first
    assert Note.objects.count() == 1
