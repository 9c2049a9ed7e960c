"""Member codes and links: what is shown on a phone, and whose it is."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from clothier.customers.contracts import member_codes
from clothier.customers.selectors import is_living, person_of
from clothier.kernel import clock, vault
from clothier.loyalty.models import MemberCard
from clothier.loyalty.rules.codes import code, number_in, window_of

LINK_SALT, PHONE_SALT = "loyalty.member-link", "loyalty.member-phone"


@dataclass(frozen=True, slots=True)
class Card:
    """What a phone needs to make codes by itself."""

    number: int
    generation: int
    secret: str


def card_of(customer: int) -> Card:
    """The card of a record; the first one until somebody made another."""
    told = MemberCard.objects.filter(pk=customer).values_list("generation", flat=True).first()
    generation = told or 1
    return Card(customer, generation, vault.keyed_hash("member-code", f"{customer}:{generation}"))


def code_of(customer: int, at: datetime | None = None) -> str:
    """The code that a record's card shows at a moment (now)."""
    card = card_of(customer)
    return code(card.secret, card.number, (at or clock.now()).timestamp())


@member_codes.register
def member_of_code(text: str, at: datetime | None = None) -> int | None:
    """The person whose card showed this code about then; None for anything else, an old code or a tampered one."""
    number = number_in(text)
    if number is None or window_of(text, card_of(number).secret, (at or clock.now()).timestamp()) is None:
        return None
    return person_of(number) if is_living(number) else None


def customer_of_phone(told: str, *, days: int) -> int | None:
    """Whose page a phone may open, by what `open_link` gave it; None once the card was made anew or it is too old."""
    try:
        customer, generation = signing.loads(told, salt=PHONE_SALT, max_age=days * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    same = card_of(customer).generation == generation
    return int(customer) if same and is_living(customer) else None
