"""What somebody reads about themselves on a page of their own. Nobody else's read: the access log knows of none."""

from dataclasses import dataclass

from clothier.customers.contracts import FactView
from clothier.customers.fields import LIKES, NEEDS, SIZES
from clothier.customers.models import ConsentState, Customer, DataClass, Erasure
from clothier.customers.selectors.known import current_facts
from clothier.customers.selectors.people import IdentifierView, identifiers_of, records_of


@dataclass(frozen=True, slots=True)
class OwnCard:
    """Name, masked identifiers and what the shop believes to know; body data and days of birth stay in the vault.

    `leaving` is set while an erasure they asked for waits.
    """

    name: str
    title: str
    identifiers: tuple[IdentifierView, ...]
    facts: tuple[FactView, ...]
    leaving: Erasure | None


def own_card(person: int) -> OwnCard:
    row = Customer.objects.get(pk=person)
    records = records_of(person)
    facts = current_facts(records, groups=(SIZES, LIKES, NEEDS))
    return OwnCard(
        name=row.name,
        title=row.title,
        identifiers=tuple(identifiers_of([row.person_id or person]).get(row.person_id or person, [])),
        facts=tuple(fact for fact in facts if fact.wearer_id is None),
        leaving=Erasure.objects.filter(customer__in=records, cancelled_at=None, done_at=None).first(),
    )


def own_consents(person: int) -> dict[tuple[str, str], bool]:
    """Yes or no by (purpose, channel), of contact data; what was never asked is missing."""
    rows = ConsentState.objects.filter(person__records=person, data_class=DataClass.CONTACT)
    return {
        (purpose, channel): granted for purpose, channel, granted in rows.values_list("purpose", "channel", "granted")
    }
