"""The log in readable lines: who did what to what, where and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from clothier.desks.studio.words import sentence
from clothier.eventlog.contracts import Happening, event_types
from clothier.eventlog.selectors import recent
from clothier.kernel.access import Viewer
from clothier.kernel.refs import Ref, number, parse_ref
from clothier.places.selectors import stores_for
from clothier.staff.selectors import names_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """`late` says that the event was told later than it happened (a phone was offline, a file was imported)."""

    entry: Happening
    words: str
    actor: str
    store: str
    facts: str
    late: bool


def page(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    type_, written = query.get("type", ""), query.get("subject", "").strip()
    before = query.get("before", "")
    subject, wrong = _subject(written)
    entries, older = recent(
        type_=type_ if type_ in event_types() else "",
        subject=subject,
        before=number(before),
        limit=PAGE,
    )
    kept = {name: value for name, value in (("type", type_), ("subject", written)) if value}
    return {
        "lines": lines(viewer, entries),
        "types": list(event_types()),
        "type": type_,
        "subject": written,
        "wrong": wrong,
        "next": f"?{urlencode(kept | {'before': str(older)})}" if older else "",
    }


def lines(viewer: Viewer, entries: Iterable[Happening]) -> list[Line]:
    """Names are looked up once for all of them."""
    entries = list(entries)
    actors = names_of(entry.actor_id for entry in entries)
    stores = stores_for(viewer).in_bulk({entry.store_id for entry in entries if entry.store_id})
    return [
        Line(
            entry=entry,
            words=sentence(entry),
            actor=actors.get(entry.actor_id or 0, ""),
            store=str(stores.get(entry.store_id or 0, "")),
            facts="  ".join(f"{name}={_short(value)}" for name, value in entry.payload.items()),
            late=(entry.recorded_at - entry.occurred_at).total_seconds() > 60,
        )
        for entry in entries
    ]


def _subject(written: str) -> tuple[Ref | None, str]:
    if not written:
        return None, ""
    try:
        return parse_ref(written), ""
    except ValueError:
        return None, _("对象写作“visit:12”：类别、冒号、编号。")


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
