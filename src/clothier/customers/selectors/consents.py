"""What may be done with a person's data."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clothier.customers.models import Consent, ConsentState, DataClass, Erasure
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.people import records_of
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import shown

SAID = 50


def may_contact(customer_id: int, *, purpose: str, channel: str) -> bool:
    """Whether the person behind a record agreed to be reached this way for this purpose, and still does.

    Service on a matter of theirs needs no consent of its own; everything stops once they asked to be forgotten.
    """
    states = ConsentState.objects.filter(person__records=customer_id, purpose=purpose, channel=channel)
    state = states.filter(data_class=DataClass.CONTACT).first()
    if Erasure.objects.filter(customer__records=customer_id, cancelled_at=None).exists():
        return False
    return state.granted if state else purpose == "service"


def consent_history(viewer: Viewer, customer_id: int) -> list[Consent]:
    """The latest words of a person on consent, newest first."""
    require(viewer, READERS)
    return list(Consent.objects.filter(customer__in=records_of(customer_id)).order_by("-pk")[:SAID])


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One answer of a person: what for and by which channel, in the reader's language."""

    purpose: str
    channel: str
    granted: bool


def consents_of(viewer: Viewer, person: int) -> list[ConsentLine]:
    """Where a person stands, purpose by purpose; of their contact data only. Raises Denied for other roles."""
    require(viewer, READERS)
    return [ConsentLine(shown(row, "purpose"), shown(row, "channel"), row.granted) for row in _states(person=person)]


@prepared
def _states(person: int) -> "QuerySet[ConsentState, ConsentState]":
    rows = ConsentState.objects.filter(person=person, data_class=DataClass.CONTACT.value)
    return rows.order_by("purpose", "channel")[:20]
