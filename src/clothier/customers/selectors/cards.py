"""The customer card of the floor: everything an associate needs in a glance, in a few short queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from clothier.customers.contracts import Card
from clothier.customers.fields import LIKES, NEEDS, SIZES
from clothier.customers.models import AccessRecord, Customer, Profile, Tagging
from clothier.customers.reading import note_read
from clothier.customers.rules.identifiers import Kind
from clothier.customers.selectors.doors import READERS, require
from clothier.customers.selectors.finding import first
from clothier.customers.selectors.known import current_facts
from clothier.customers.selectors.people import IdentifierView, identifiers_of, own_records
from clothier.customers.standing import layer_names
from clothier.kernel import clock, columns
from clothier.kernel.access import Viewer
from clothier.kernel.rows import prepared
from clothier.kernel.words import word

EACH = 12


def card(viewer: Viewer, customer_id: int, *, purpose: str = "service") -> Card | None:
    """What the floor shows of the person behind any of their records; None when unknown or erased.

    The read is logged. Contact data comes masked whatever the role. Raises Denied for other roles.
    """
    require(viewer, READERS)
    profile = next(iter(_profile(customer=customer_id)), None)
    if profile is None:
        return None
    records = own_records(profile.pk)
    note_read(viewer, profile.pk, what=AccessRecord.What.CARD, purpose=purpose)
    identifiers = identifiers_of([profile.pk], kinds=(Kind.PHONE, Kind.MEMBER)).get(profile.pk, [])
    return _card(profile, records, identifiers)


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag somebody wears, and how it came to them."""

    pk: int
    name: str
    name_en: str
    origin: str
    confidence: int
    expires_at: datetime | None

    @property
    def origin_name(self) -> str:
        return word(Tagging.Origin, self.origin)


def current_tags(records: Iterable[int]) -> list[TagView]:
    condition, values = columns.among("g.customer_id", records)
    expires = columns.instant("g.expires_at")
    told = f"SELECT g.id, t.name, t.name_en, g.origin, g.confidence, {expires}"
    held = "FROM customers_tagging g JOIN customers_tag t ON t.id = g.tag_id"
    alive = "t.retired_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > %s)"
    rows = columns.read(
        f"{told} {held} WHERE {condition} AND {alive} ORDER BY g.confidence DESC, g.id DESC LIMIT 40",
        [*values, columns.stamp(clock.now())],
    )
    return [
        TagView(pk, name, english, origin, confidence, columns.moment_of(expires_at))
        for pk, name, english, origin, confidence, expires_at in rows
    ]


def tag_name(tag: TagView) -> str:
    return tag.name_en or tag.name if get_language() == "en" else tag.name


@prepared
def _profile(customer: int) -> "QuerySet[Profile, Profile]":
    return Profile.objects.select_related("customer").filter(customer__records=customer, live=True)[:1]


def _card(profile: Profile, records: list[int], identifiers: list[IdentifierView]) -> Card:
    facts = [fact for fact in current_facts(records, groups=(SIZES, LIKES, NEEDS)) if fact.best]
    by_group = {
        group: tuple(fact for fact in facts if fact.field in fields)[:EACH]
        for group, fields in {
            SIZES: ("size", "fit"),
            LIKES: ("colour", "style", "fabric", "occasion", "price_band", "colour_avoid"),
            NEEDS: ("sensitivity", "need"),
        }.items()
    }
    return Card(
        customer_id=profile.pk,
        name=profile.customer.name,
        title=word(Customer.Title, profile.customer.title),
        layer=profile.layer,
        layer_name=layer_names().get(profile.layer, profile.layer),
        phone=first(identifiers, Kind.PHONE),
        member_number=first(identifiers, Kind.MEMBER),
        orders=profile.orders,
        spend_fen=profile.spend_fen,
        currency=profile.currency,
        visits=profile.visits,
        last_purchase_at=profile.last_purchase_at,
        last_visit_at=profile.last_visit_at,
        registered_at=profile.registered_at,
        sizes=by_group[SIZES],
        likes=by_group[LIKES],
        needs=by_group[NEEDS],
        tags=tuple(dict.fromkeys(tag_name(row) for row in current_tags(records))),
    )
