"""Versions of the house rules: which hold, which are being written, who has read them."""

from django.db.models import QuerySet

from clothier.eventlog.contracts import event_types
from clothier.kernel import clock
from clothier.kernel.access import HEAD_OFFICE, Viewer
from clothier.standards.contracts import Change, EventFacts
from clothier.standards.models import RulesAcknowledgement, RulesVersion, StoreTarget
from clothier.standards.rules.changes import changes
from clothier.standards.rules.documents import shelf
from clothier.standards.rules.documents.base import Document
from clothier.standards.selectors.documents import document
from clothier.standards.selectors.rulebook import book_of, rulebook

PUBLISHED = RulesVersion.State.PUBLISHED
SECTIONS: tuple[str, ...] = tuple(shelf.DOCUMENTS)


def versions_for(viewer: Viewer, key: str | None = None) -> QuerySet[RulesVersion]:
    """Published versions for everybody, drafts for head office; newest first."""
    versions = RulesVersion.objects.all() if key is None else RulesVersion.objects.filter(document=key)
    return (versions if viewer.role in HEAD_OFFICE else versions.filter(state=PUBLISHED)).order_by("-id")


def in_force() -> dict[str, RulesVersion]:
    """The published version that holds now of every document that was ever published; the rest are as shipped."""
    published = RulesVersion.objects.filter(state=PUBLISHED, effective_at__lte=clock.now()).defer("text")
    return {version.document: version for version in published.order_by("effective_at", "number")}


def text_in_force(key: str) -> str:
    """The YAML of the document in force. Raises KeyError on an unknown key."""
    held = in_force().get(key)
    return RulesVersion.objects.get(pk=held.pk).text if held else shelf.shipped_text(key)


def shipped_text(key: str) -> str:
    """The YAML Clothier came with. Raises KeyError on an unknown key."""
    return shelf.shipped_text(key)


def parsed(key: str, text: str) -> Document:
    """The document a text makes. Raises Faulty with lines, KeyError on an unknown key."""
    return shelf.read(key, text)


def compared(key: str, old: str, new: str) -> list[Change]:
    """What differs between two texts. Raises Faulty when one of them is no valid document."""
    return changes(shelf.read(key, old), shelf.read(key, new))


def unread(viewer: Viewer) -> list[RulesVersion]:
    """Versions in force that somebody's role must acknowledge and that this person has not."""
    if viewer.employee is None:
        return []
    asked = [one for key, one in in_force().items() if viewer.role.value in document(key).acknowledged_by]
    mine = RulesAcknowledgement.objects.filter(employee_id=viewer.employee, version__in=[one.pk for one in asked])
    read = set(mine.values_list("version_id", flat=True))
    return [one for one in asked if one.pk not in read]


def readers(version: RulesVersion) -> dict[int, RulesAcknowledgement]:
    """Who has acknowledged a version, by employee."""
    return {row.employee_id: row for row in version.acknowledgements.all()}


def store_targets_for(viewer: Viewer) -> QuerySet[StoreTarget]:
    """The tighter times in force in the viewer's stores."""
    targets = StoreTarget.objects.filter(ended_at__isnull=True).order_by("store_id", "promise_key")
    return targets if viewer.stores is None else targets.filter(store_id__in=viewer.stores)


def event_catalogue() -> list[EventFacts]:
    """Every event a promise can be made of: all that are declared, and those the house rules already name."""
    declared = event_types()
    named = set(rulebook().by_type)
    return [
        EventFacts(type_, type_ in declared, tuple(declared[type_].model_fields) if type_ in declared else ())
        for type_ in sorted(declared.keys() | named)
    ]


def guessed_years() -> dict[int, list[str]]:
    """Years, this one and the next, whose Chinese holidays are not announced yet, with the calendars that guess."""
    book, this = rulebook(), clock.now().year
    books = {code: book_of(number) for code, number in book.calendar_ids.items()}
    years = {year: [code for code, days in books.items() if days.guessed(year)] for year in (this, this + 1)}
    return {year: codes for year, codes in years.items() if codes}
