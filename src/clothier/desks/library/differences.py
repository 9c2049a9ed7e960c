"""What changed from one version of an article to the next, field by field."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from clothier.knowledge.selectors import Version

FIELDS = {
    "question": _("顾客会怎么问"),
    "variants": _("其他问法"),
    "answer": _("答案"),
    "question_en": _("英文问题"),
    "answer_en": _("英文答案"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field and its text in pieces, each kept (""), taken out ("del") or put in ("ins")."""

    field: object
    pieces: tuple[tuple[str, str], ...]


def changes(before: Version | None, after: Version) -> list[Change]:
    """Only fields that differ; of a first version, every field it fills."""
    found = []
    for name, label in FIELDS.items():
        old, new = (_text(one, name) if one else "" for one in (before, after))
        if old != new:
            found.append(Change(label, tuple(_pieces(old, new))))
    return found


def _text(version: Version, name: str) -> str:
    value = getattr(version, name)
    return "\n".join(value) if isinstance(value, list) else str(value)


def _pieces(old: str, new: str) -> list[tuple[str, str]]:
    pieces = []
    for kind, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("", old[low:high]))
            continue
        pieces += [("del", old[low:high])] if high > low else []
        pieces += [("ins", new[start:end])] if end > start else []
    return pieces
