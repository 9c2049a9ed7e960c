"""Service records: written by template, guarded, sealed."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.customers import sealing
from clothier.customers.events import NoteWritten
from clothier.customers.models import Customer, Note
from clothier.customers.selectors.templates import SensitivePlace, templates, warnings
from clothier.customers.services.people import living
from clothier.eventlog.selectors import first_told
from clothier.eventlog.services import AlreadyRecorded, record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref

LONGEST = 2_000


class SensitiveText(Refused):
    """The text holds what does not belong in a record. `places` says, field by field, where and what to do instead."""

    def __init__(self, message: str, *, field: str, places: dict[str, list[SensitivePlace]]) -> None:
        super().__init__(message, field=field)
        self.places = places


def write_note(
    *,
    customer_id: int,
    template: str,
    answers: Mapping[str, str],
    visit_id: int | None = None,
    store: int | None = None,
    actor: int | None = None,
    occurred_at: datetime | None = None,
    acknowledged: bool = False,
    replaces: int | None = None,
    key: str | None = None,
) -> int:
    """The note's id (the first one's for a used key). `occurred_at` is when the customer was served.

    Raises SensitiveText for text the guard points at, unless `acknowledged`; identity and bank card numbers always.
    Refused for an unknown template or a required field left empty.
    """
    if key and (entry := first_told(key, NoteWritten)):
        return entry.subject_id
    clean = _answers(template, answers)
    places = {field: found for field, text in clean.items() if (found := warnings(text))}
    _guard(places, acknowledged=acknowledged)
    try:
        with transaction.atomic():
            customer = living(customer_id)
            note = Note.objects.create(
                customer=customer,
                template=template,
                sealed=sealing.seal(customer, json.dumps(clean, ensure_ascii=False)),
                visit_id=visit_id,
                store_id=store,
                author_id=actor,
                occurred_at=occurred_at or clock.now(),
                written_at=clock.now(),
                warned=sorted({place.kind for found in places.values() for place in found}),
                replaces=_replaced(customer, replaces),
            )
            record(
                NoteWritten(note_id=note.pk, template=template, visit_id=visit_id),
                subject=Ref("note", note.pk),
                customer=customer_id,
                store=store,
                actor=actor,
                key=key,
            )
    except AlreadyRecorded as twice:
        # Sent again while the first was still being written, as by a phone that lost patience.
        if entry := first_told(twice.key, NoteWritten):
            return entry.subject_id
        raise
    return note.pk


def _answers(template: str, answers: Mapping[str, str]) -> dict[str, str]:
    form = templates().get(template)
    if form is None:
        raise Refused(_("没有这个服务记录模板。"), field="template")
    clean = {field.key: str(answers.get(field.key, "")).strip() for field in form.fields}
    for field in form.fields:
        if field.required and not clean[field.key]:
            raise Refused(_("这一项必须填写。"), field=field.key)
        if len(clean[field.key]) > LONGEST:
            raise Refused(_("太长了，最多 %(count)s 个字。") % {"count": LONGEST}, field=field.key)
    return {key: text for key, text in clean.items() if text}


def _guard(places: dict[str, list[SensitivePlace]], *, acknowledged: bool) -> None:
    grave = [field for field, found in places.items() if any(place.grave for place in found)]
    if grave:
        raise SensitiveText(_("身份证号和银行卡号不能写进服务记录，请删除。"), field=grave[0], places=places)
    if places and not acknowledged:
        message = _("里面有不该记录的内容，请按提示修改；确有必要时可以确认后保存。")
        raise SensitiveText(message, field=next(iter(places)), places=places)


def _replaced(customer: Customer, note_id: int | None) -> Note | None:
    if note_id is None:
        return None
    old = Note.objects.filter(pk=note_id, customer__person_id=customer.person_id, replaced_by=None).first()
    if old is None:
        raise Refused(_("这条记录已被改写过，请刷新后再试。"))
    return old
