"""What is kept ready equals what it was made from: persons their links, profiles their encounters."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Q

from clothier.customers.models import Customer, Link, Profile
from clothier.customers.rules.components import canonical, components
from clothier.customers.selectors.counting import DAYS, LIFETIME, lifetimes
from clothier.kernel.stretches import Look, every


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept value that is not what its sources say."""

    customer_id: int
    column: str


def differences(look: Look = every) -> Iterator[Difference]:
    """Persons and profiles that differ from their sources, with the column, in the stretches looked at."""
    for low, high in look(Customer.objects.aggregate(top=Max("pk"))["top"] or 0):
        yield from _persons(low, high)
        yield from _profiles(low, high)


def _persons(low: int, high: int) -> Iterator[Difference]:
    """The cached person of every record is the oldest of those its live links lead to."""
    cached = dict(Customer.objects.filter(person__gte=low, person__lt=high).values_list("pk", "person"))
    touching = Q(a__person__gte=low, a__person__lt=high) | Q(b__person__gte=low, b__person__lt=high)
    edges = list(Link.objects.filter(touching, revoked_at=None).values_list("a", "b"))
    nodes = cached.keys() | {end for edge in edges for end in edge}
    for component in components(nodes, edges):
        head = canonical(component)
        yield from (Difference(pk, "person") for pk in sorted(component) if cached.get(pk) != head)


def _profiles(low: int, high: int) -> Iterator[Difference]:
    """Only the oldest record speaks for a person, and its sums are those of all of the person's encounters."""
    counted = lifetimes(range(low, high))
    for profile in Profile.objects.filter(pk__gte=low, pk__lt=high, live=True).select_related("customer"):
        if profile.customer.person_id != profile.pk:
            yield Difference(profile.pk, "live")
            continue
        sums: dict[str, object] = counted.get(profile.pk, {})
        for column in (*LIFETIME, *DAYS):
            # A person without encounters has counts of nought and moments of none.
            if (getattr(profile, column) or None) != (sums.get(column) or None):
                yield Difference(profile.pk, column)
