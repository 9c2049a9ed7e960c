"""The verbs of places: stores with their zones, put in and changed by their codes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.eventlog.services import Note, record_all
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.kernel.zones import zone_names
from clothier.places.contracts import StoreFacts, ZoneFacts
from clothier.places.events import StoreSaved
from clothier.places.models import Region, Store, Zone

_STORE_FIELDS = ["name", "name_en", "kind", "region", "mall", "city", "address", "zone_info", "calendar", "opened_on"]
_ZONE_FIELDS = ["name", "name_en", "kind", "outline"]


@transaction.atomic
def save_stores(*, stores: Sequence[StoreFacts], actor: int | None = None) -> dict[str, int]:
    """Add or change stores and their zones by code; ids by code. Regions not there yet are made.

    Raises Refused on an unknown time zone or kind; then nothing is written.
    """
    for facts in stores:
        _check(facts)
    regions = _regions({facts.region for facts in stores})
    Store.objects.bulk_create(
        [_row(facts, regions[facts.region]) for facts in stores],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_STORE_FIELDS,
    )
    ids = dict(Store.objects.filter(code__in=[facts.code for facts in stores]).values_list("code", "id"))
    Zone.objects.bulk_create(
        [_zone(ids[facts.code], zone) for facts in stores for zone in facts.zones],
        update_conflicts=True,
        unique_fields=["store", "code"],
        update_fields=_ZONE_FIELDS,
    )
    for pk in ids.values():
        note_change(store=pk, actor=actor)
    return ids


def note_change(*, store: int, actor: int | None = None) -> None:
    """Record that a saved store or its zones are not what they were."""
    with transaction.atomic():
        record_all([Note(StoreSaved(store_id=store), subject=Ref("store", store), store=store, actor=actor)])


def _check(facts: StoreFacts) -> None:
    if facts.zone_info not in zone_names():
        raise Refused(_("时区 %(zone)s 无法识别。") % {"zone": facts.zone_info}, field="zone_info")
    if facts.kind not in Store.Kind.values:
        raise Refused(_("门店类型 %(kind)s 无法识别。") % {"kind": facts.kind}, field="kind")


def _regions(names: set[str]) -> dict[str, int]:
    Region.objects.bulk_create([Region(name=name) for name in sorted(names)], ignore_conflicts=True)
    return dict(Region.objects.filter(name__in=names).values_list("name", "id"))


def _row(facts: StoreFacts, region: int) -> Store:
    return Store(
        code=facts.code,
        name=facts.name,
        name_en=facts.name_en,
        kind=facts.kind,
        region_id=region,
        mall=facts.mall,
        city=facts.city,
        address=facts.address,
        zone_info=facts.zone_info,
        calendar=facts.calendar,
        opened_on=facts.opened_on,
    )


def _zone(store: int, facts: ZoneFacts) -> Zone:
    return Zone(
        store_id=store,
        code=facts.code,
        name=facts.name,
        name_en=facts.name_en,
        kind=facts.kind,
        outline=[list(point) for point in facts.outline],
    )
