import pytest

from clothier.customers.models import Consent, ConsentState
from clothier.customers.services import give_consent, merge, unmerge, withdraw_all, withdraw_consent
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from tests.customers.people import somebody

pytestmark = pytest.mark.django_db
SMS = {"purpose": "marketing", "channel": "sms"}


def yes(pk, **more):
    return give_consent(customer_id=pk, notice_version="2026-1", proof="till:17", **{**SMS, **more})


def granted(pk, **more):
    state = ConsentState.objects.filter(person=pk, **{**SMS, **more}).first()
    return state and state.granted


def test_consent_is_given_with_notice_and_proof_and_withdrawn_without(saturday):
    pk = somebody()
    with pytest.raises(Refused):
        give_consent(customer_id=pk, notice_version="2026-1", proof="", **SMS)
    yes(pk)
    assert granted(pk) is True
    saturday.advance(1)
    withdraw_consent(customer_id=pk, **SMS)
    assert granted(pk) is False
    assert [row.granted for row in Consent.objects.order_by("pk")] == [True, False]
    assert list(Entry.objects.filter(type__startswith="consent.").order_by("pk").values_list("type", flat=True)) == [
        "consent.given",
        "consent.withdrawn",
    ]


def test_a_merge_keeps_the_strictest(saturday):
    a, b = somebody("甲"), somebody("乙")
    withdraw_consent(customer_id=b, **SMS)
    saturday.advance(60)
    yes(a)
    link = merge(a=a, b=b)
    assert granted(a) is False, "the yes was said before the two were one, so it does not lift the other's no"
    unmerge(link_id=link)
    assert (granted(a), granted(b)) == (True, False)


def test_a_yes_of_the_whole_person_lifts_an_old_no_until_they_part(saturday):
    a, b = somebody("甲"), somebody("乙")
    withdraw_consent(customer_id=b, **SMS)
    link = merge(a=a, b=b)
    saturday.advance(60)
    yes(a)
    assert granted(a) is True
    unmerge(link_id=link)
    assert (granted(a), granted(b)) == (True, False)


def test_a_no_of_the_whole_person_holds_for_both_when_they_part(saturday):
    a, b = somebody("甲"), somebody("乙")
    yes(a), yes(b)
    link = merge(a=a, b=b)
    saturday.advance(60)
    withdraw_consent(customer_id=b, **SMS)
    unmerge(link_id=link)
    assert (granted(a), granted(b)) == (False, False)


def test_withdrawing_everything_leaves_nothing_granted(saturday):
    pk = somebody()
    yes(pk), yes(pk, channel="phone"), yes(pk, purpose="personal", channel="none", data_class="behaviour")
    assert withdraw_all(customer_id=pk) == 3
    assert not ConsentState.objects.filter(granted=True).exists()


def test_an_unknown_channel_is_refused(saturday):
    with pytest.raises(Refused):
        yes(somebody(), channel="pigeon")
    assert Consent.objects.count() == 0
