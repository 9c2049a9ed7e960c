"""A condition tree as one query over the live profiles: existence tests on indexes, no joins that multiply rows."""

from datetime import timedelta
from functools import singledispatch
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clothier.customers import sealing
from clothier.customers.models import ConsentState, Customer, Encounter, Fact, Profile, Tagging
from clothier.customers.rules import conditions as c
from clothier.kernel import clock

# Keys of people that are looked at, from the first to before the last; None for everybody.
Stretch = range | None


def people_where(condition: Any, stretch: Stretch = None) -> QuerySet[Profile]:
    """Live profiles of the people a condition holds for, in no order yet.

    Within a stretch of keys every part looks at these people alone: it costs what they are, not what the house is.
    """
    return Profile.objects.filter(_q(condition, stretch), _within("pk", stretch), live=True)


def _within(column: str, stretch: Stretch) -> Q:
    return Q() if stretch is None else Q(**{f"{column}__gte": stretch.start, f"{column}__lt": stretch.stop})


@singledispatch
def _q(condition: Any, stretch: Stretch) -> Q:
    raise TypeError(f"no query for {condition!r}")


@_q.register
def _(condition: c.All, stretch: Stretch) -> Q:
    whole = Q()
    for part in condition.of:
        whole &= _q(part, stretch)
    return whole


@_q.register
def _(condition: c.Any_, stretch: Stretch) -> Q:
    whole = Q()
    for part in condition.of:
        whole |= _q(part, stretch)
    return whole


@_q.register
def _(condition: c.Not, stretch: Stretch) -> Q:
    return ~_q(condition.of, stretch)


@_q.register
def _(condition: c.InLayer, stretch: Stretch) -> Q:
    return Q(layer__in=condition.layers)


@_q.register
def _(condition: c.FigureBetween, stretch: Stretch) -> Q:
    whole = Q()
    if condition.least is not None:
        whole &= Q(**{f"{condition.figure}__gte": condition.least})
    if condition.most is not None:
        whole &= Q(**{f"{condition.figure}__lte": condition.most})
    return whole


@_q.register
def _(condition: c.MomentAgo, stretch: Stretch) -> Q:
    if condition.never:
        return Q(**{f"{condition.moment}__isnull": True})
    now, whole = clock.now(), Q()
    if condition.at_least_days is not None:
        whole &= Q(**{f"{condition.moment}__lte": now - timedelta(days=condition.at_least_days)})
    if condition.at_most_days is not None:
        whole &= Q(**{f"{condition.moment}__gte": now - timedelta(days=condition.at_most_days)})
    return whole


@_q.register
def _(condition: c.Tagged, stretch: Stretch) -> Q:
    current = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    return _has(Tagging.objects.filter(current, tag_id=condition.tag), stretch)


@_q.register
def _(condition: c.Knows, stretch: Stretch) -> Q:
    facts = Fact.objects.filter(field=condition.field, value=condition.value, withdrawn_at=None, wearer=None)
    if condition.qualifier:
        facts = facts.filter(qualifier=condition.qualifier)
    return _has(facts.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now())), stretch)


@_q.register
def _(condition: c.Agreed, stretch: Stretch) -> Q:
    states = ConsentState.objects.filter(purpose=condition.purpose, channel=condition.channel, person=OuterRef("pk"))
    yes, no = states.filter(granted=True), states.filter(granted=False, data_class="contact")
    return Q(Exists(yes)) & ~Q(Exists(no))


@_q.register
def _(condition: c.Did, stretch: Stretch) -> Q:
    since = clock.now() - timedelta(days=condition.days)
    deeds = Encounter.objects.filter(kind=condition.deed, occurred_at__gte=since)
    if condition.store is not None:
        deeds = deeds.filter(store_id=condition.store)
    if condition.least == 1:
        return _has(deeds, stretch)
    deeds = deeds.filter(_within("customer__person_id", stretch))
    enough = deeds.values("customer__person_id").annotate(n=Count("pk")).filter(n__gte=condition.least)
    return Q(pk__in=enough.values("customer__person_id"))


@_q.register
def _(condition: c.LastStore, stretch: Stretch) -> Q:
    return Q(store_id__in=condition.stores)


@_q.register
def _(condition: c.BirthdayWithin, stretch: Stretch) -> Q:
    today = timezone.localdate(clock.now())
    days = [sealing.birth_hash(f"{today + timedelta(days=n):%m-%d}") for n in range(condition.days + 1)]
    return _has(Customer.objects.filter(birth_key__in=days), stretch, through="person_id")


def _has(rows: QuerySet[Any], stretch: Stretch, *, through: str = "customer__person_id") -> Q:
    """Some record of the person has such a row."""
    return Q(pk__in=rows.filter(_within(through, stretch)).values(through))
