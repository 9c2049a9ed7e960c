"""Ids turned into words for the customer pages: people, stores, templates."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from clothier.customers.selectors import templates
from clothier.customers.selectors.profiles import NoteView
from clothier.customers.selectors.rows import AccessRecord, Consent, ConsentState, Tagging
from clothier.customers.selectors.timeline import Moment, Page
from clothier.kernel.words import shown
from clothier.places.selectors import store_names
from clothier.staff.selectors import names_of

ICONS = {
    "visit": "door", "fitting": "fitting", "bell": "bell", "sale": "bag", "return": "undo", "note": "note",
    "tag": "tag", "consent": "check", "customer": "person", "promise": "clock", "case": "flag", "booking": "calendar",
}  # fmt: skip

PURPOSES = {
    "service": gettext_lazy("接待服务"),
    "edit": gettext_lazy("更正资料"),
    "notes": gettext_lazy("查看服务记录"),
    "consent": gettext_lazy("登记同意"),
    "privacy": gettext_lazy("办理隐私请求"),
    "export": gettext_lazy("导出本人资料"),
    "review": gettext_lazy("重复审核"),
    "segment": gettext_lazy("导出人群"),
    "api": gettext_lazy("外部系统"),
}


def moments(page: Page) -> list[dict[str, Any]]:
    """Timeline lines with their icon, store and person; two queries whatever their number.

    The same said several times in a row within a minute is one line with its number.
    """
    people = names_of(moment.actor_id for moment in page.moments)
    stores = store_names(moment.store_id for moment in page.moments)
    lines = []
    for _same, group in groupby(page.moments, key=_said_at):
        moment, *more = group
        lines.append(
            {
                "title": f"{moment.words} ×{len(more) + 1}" if more else moment.words,
                "at": moment.occurred_at,
                "icon": ICONS.get(moment.type.partition(".")[0], "clock"),
                "detail": " · ".join(
                    filter(None, (stores.get(moment.store_id or 0), people.get(moment.actor_id or 0)))
                ),
            }
        )
    return lines


def _said_at(moment: Moment) -> tuple[str, datetime, int | None, int | None]:
    minute = moment.occurred_at.replace(second=0, microsecond=0)
    return str(moment.words), minute, moment.actor_id, moment.store_id


def granted(states: Iterable[ConsentState]) -> list[tuple[str, list[str], datetime]]:
    """What is agreed to, a line for each purpose: by which ways or for which data, and since when."""
    yes = sorted((state for state in states if state.granted), key=lambda state: state.purpose)
    lines = []
    for _purpose, group in groupby(yes, key=lambda state: state.purpose):
        rows = list(group)
        ways = [shown(row, "data_class" if row.channel == "none" else "channel") for row in rows]
        lines.append((shown(rows[0], "purpose"), list(dict.fromkeys(ways)), min(row.since for row in rows)))
    return lines


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


def readers(reads: Iterable[AccessRecord]) -> list[tuple[AccessRecord, str, str]]:
    """Each read with who it was and what for, in words."""
    rows = list(reads)
    people = names_of(row.employee_id for row in rows)
    return [(row, people.get(row.employee_id or 0, ""), _purpose(row.purpose)) for row in rows]


def _purpose(stated: str) -> str:
    """The pages state their purpose by a code, perhaps with a number; people state theirs in their own words."""
    code, _colon, number = stated.partition(":")
    if code not in PURPOSES:
        return stated
    return f"{PURPOSES[code]} {number}" if number.isdecimal() else str(PURPOSES[code])


def sayers(said: Iterable[Consent]) -> list[tuple[Consent, str]]:
    rows = list(said)
    people = names_of(row.actor_id for row in rows)
    return [(row, people.get(row.actor_id or 0, "")) for row in rows]


def put_on_by(taggings: Iterable[Tagging]) -> list[tuple[Tagging, str]]:
    """Each tagging with the name of who put it on; none where a rule or a model did."""
    rows = list(taggings)
    people = names_of(row.actor_id for row in rows)
    return [(row, people.get(row.actor_id or 0, "")) for row in rows]
