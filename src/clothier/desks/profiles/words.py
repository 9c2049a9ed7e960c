"""Ids turned into words for the customer pages: people, stores, templates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language

from clothier.customers.selectors import templates
from clothier.customers.selectors.profiles import NoteView
from clothier.customers.selectors.rows import AccessRecord, Consent
from clothier.customers.selectors.timeline import Page
from clothier.places.selectors import store_names
from clothier.staff.selectors import names_of

ICONS = {
    "visit": "door", "fitting": "fitting", "bell": "bell", "sale": "bag", "return": "undo", "note": "note",
    "tag": "tag", "consent": "check", "customer": "person", "promise": "clock", "case": "flag", "booking": "calendar",
}  # fmt: skip


def moments(page: Page) -> list[dict[str, Any]]:
    """Timeline lines with their icon, store and person; two queries whatever their number."""
    people = names_of(moment.actor_id for moment in page.moments)
    stores = store_names(moment.store_id for moment in page.moments)
    return [
        {
            "title": moment.words,
            "at": moment.occurred_at,
            "icon": ICONS.get(moment.type.partition(".")[0], "clock"),
            "detail": " · ".join(filter(None, (stores.get(moment.store_id or 0), people.get(moment.actor_id or 0)))),
        }
        for moment in page.moments
    ]


def spelled_notes(notes: Sequence[NoteView]) -> list[dict[str, Any]]:
    """Notes with their template's words and their author's name."""
    language, known = get_language() or "", templates()
    people = names_of(note.author_id for note in notes)
    spelled = []
    for note in notes:
        template = known.get(note.template)
        labels = {field.key: field.label.say(language) for field in template.fields} if template else {}
        spelled.append(
            {
                "note": note,
                "name": template.name.say(language) if template else note.template,
                "author": people.get(note.author_id or 0, ""),
                "answers": [(labels.get(key, key), text) for key, text in note.answers.items()],
            }
        )
    return spelled


def readers(reads: Iterable[AccessRecord]) -> list[tuple[AccessRecord, str]]:
    rows = list(reads)
    people = names_of(row.employee_id for row in rows)
    return [(row, people.get(row.employee_id or 0, "")) for row in rows]


def sayers(said: Iterable[Consent]) -> list[tuple[Consent, str]]:
    rows = list(said)
    people = names_of(row.actor_id for row in rows)
    return [(row, people.get(row.actor_id or 0, "")) for row in rows]
