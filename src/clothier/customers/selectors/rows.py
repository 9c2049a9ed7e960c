"""The kinds of rows the questions answer with, for whoever annotates what they got."""

from clothier.customers.models import (
    AccessRecord,
    Consent,
    ConsentState,
    Duplicate,
    Identifier,
    Profile,
    Segment,
    Tag,
    Tagging,
)

__all__ = ["AccessRecord", "Consent", "ConsentState", "Duplicate", "Identifier", "Profile", "Segment", "Tag", "Tagging"]
