"""Saving segments: a new wording is a new version, the old ones stay."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from pydantic import ValidationError

from clothier.customers.events import SegmentSaved
from clothier.customers.models import AccessRecord, Segment, SegmentVersion
from clothier.customers.reading import note_read
from clothier.customers.rules.conditions import TooDeep, parse
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref


def save_segment(
    *, name: str, condition: object, note: str = "", segment_id: int | None = None, actor: int | None = None
) -> int:
    """Create a segment, or give it a new version when its condition changed; its id. Refused on a bad condition."""
    tree = _checked(condition)
    if not name.strip():
        raise Refused(_("请给人群起个名字。"), field="name")
    with transaction.atomic():
        segment = _segment(segment_id, name.strip()[:40], note.strip()[:120], actor)
        number = segment.versions.aggregate(n=Max("number"))["n"] or 0
        same = segment.versions.filter(number=number, condition=tree).exists()
        if not same:
            SegmentVersion.objects.create(
                segment=segment, number=number + 1, condition=tree, saved_at=clock.now(), saved_by=actor
            )
            record(
                SegmentSaved(segment_id=segment.pk, number=number + 1), subject=Ref("segment", segment.pk), actor=actor
            )
    return segment.pk


def archive_segment(*, segment_id: int) -> None:
    """Put a segment out of use; `restore_segment` brings it back."""
    Segment.objects.filter(pk=segment_id, archived_at=None).update(archived_at=clock.now())


def restore_segment(*, segment_id: int) -> None:
    Segment.objects.filter(pk=segment_id).update(archived_at=None)


def _checked(condition: object) -> dict[str, object]:
    try:
        tree: dict[str, object] = parse(condition).model_dump(mode="json", exclude_defaults=False)
    except (ValidationError, TooDeep):
        raise Refused(_("条件不完整或嵌套太深，请检查每一行。"), field="condition") from None
    return tree


def _segment(segment_id: int | None, name: str, note: str, actor: int | None) -> Segment:
    try:
        with transaction.atomic():
            if segment_id is None:
                return Segment.objects.create(name=name, note=note, owner_id=actor, created_at=clock.now())
            segment = Segment.objects.select_for_update().get(pk=segment_id)
            segment.name, segment.note = name, note
            segment.save(update_fields=["name", "note"])
            return segment
    except IntegrityError:
        raise Refused(_("已有同名人群。"), field="name") from None


def note_list_export(viewer: Viewer, *, segment_id: int) -> None:
    """A list of people leaves the house: who took which, on the access log."""
    note_read(viewer, None, what=AccessRecord.What.LIST, purpose=f"segment:{segment_id}")
