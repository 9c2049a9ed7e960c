"""Everything kept about a person, for themselves to take along."""

from collections.abc import Sequence
from typing import Any

from clothier.customers import sealing
from clothier.customers.contracts import exports, sentence_of
from clothier.customers.fields import FIELDS
from clothier.customers.models import (
    AccessRecord,
    Consent,
    Customer,
    Fact,
    Identifier,
    Profile,
    Tagging,
    Wearer,
)
from clothier.customers.reading import note_read
from clothier.customers.selectors.doors import KEEPERS, require
from clothier.customers.selectors.people import records_of
from clothier.customers.selectors.profiles import notes
from clothier.eventlog.selectors import customer_timeline
from clothier.kernel import clock
from clothier.kernel.access import Viewer

MOST = 10_000


def export(viewer: Viewer, customer_id: int, *, purpose: str) -> dict[str, Any]:
    """Plain values, unsealed, section by section; upper packages add theirs. Logged. Raises Denied for associates."""
    require(viewer, KEEPERS)
    records = records_of(customer_id)
    note_read(viewer, customer_id, what=AccessRecord.What.EXPORT, purpose=purpose)
    return {
        "exported_at": clock.now(),
        "records": _records(records),
        "identifiers": _identifiers(records),
        "figures": list(Profile.objects.filter(pk__in=records, live=True).values()),
        "facts": _facts(records),
        "wearers": _wearers(records),
        "tags": list(
            Tagging.objects.filter(customer__in=records).values(
                "tag__name", "origin", "confidence", "added_at", "expires_at"
            )
        ),
        "consents": list(
            Consent.objects.filter(customer__in=records)
            .order_by("pk")
            .values("purpose", "channel", "data_class", "granted", "notice_version", "proof", "said_at")
        ),
        "notes": [
            {"served_at": note.occurred_at, "template": note.template, **note.answers}
            for note in notes(records, limit=MOST)
        ],
        "reads": list(
            AccessRecord.objects.filter(customer__in=records).order_by("pk").values("at", "role", "what", "purpose")
        ),
        "timeline": [
            {"at": entry.occurred_at, "what": str(sentence_of(entry))}
            for entry in customer_timeline(records, limit=MOST)
        ],
        **exports(records),
    }


def _records(records: Sequence[int]) -> list[dict[str, Any]]:
    rows = Customer.objects.filter(pk__in=records).order_by("pk")
    columns = ("id", "name", "title", "source", "external_id", "registered_at", "store__name")
    return [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]


def _identifiers(records: Sequence[int]) -> list[dict[str, Any]]:
    rows = Identifier.objects.filter(customer__in=records).select_related("customer").order_by("pk")
    return [
        {
            "kind": row.kind,
            "value": sealing.unseal(row.customer, row.sealed),
            "verified_at": row.verified_at,
            "source": row.source,
        }
        for row in rows
    ]


def _facts(records: Sequence[int]) -> list[dict[str, Any]]:
    rows = Fact.objects.filter(customer__in=records).select_related("customer").order_by("pk")
    return [
        {
            "what": str(FIELDS[row.field].label),
            "of": row.qualifier,
            "value": sealing.unseal(row.customer, row.sealed) if row.sealed else row.value,
            "source": row.source,
            "where": row.source_ref,
            "confidence": row.confidence,
            "at": row.occurred_at,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in rows
    ]


def _wearers(records: Sequence[int]) -> list[dict[str, Any]]:
    rows = Wearer.objects.filter(customer__in=records).select_related("customer").order_by("pk")
    return [
        {
            "relation": row.relation,
            "name": sealing.unseal(row.customer, row.sealed_name) if row.sealed_name else "",
            "added_at": row.added_at,
        }
        for row in rows
    ]
