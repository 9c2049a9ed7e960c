"""The words of a case in the reader's language, by their codes; for forms and filters."""

from clothier.cases.models import (
    COMPENSATION_NAMES,
    FORM_NAMES,
    HOLDER_NAMES,
    KIND_NAMES,
    NOTE_NAMES,
    ORIGIN_NAMES,
    REASON_NAMES,
    RELATION_NAMES,
    SEVERITY_NAMES,
    STATE_NAMES,
    TAG_NAMES,
    TOPIC_NAMES,
    WAITING_NAMES,
    WEAR_NAMES,
)

__all__ = [
    "COMPENSATION_NAMES",
    "FORM_NAMES",
    "HOLDER_NAMES",
    "KIND_NAMES",
    "NOTE_NAMES",
    "ORIGIN_NAMES",
    "REASON_NAMES",
    "RELATION_NAMES",
    "SEVERITY_NAMES",
    "STATE_NAMES",
    "TAG_NAMES",
    "TOPIC_NAMES",
    "WAITING_NAMES",
    "WEAR_NAMES",
]
