"""The kinds of rows the questions answer with, for whoever annotates what they got."""

from clothier.customers.models import AccessRecord, Consent, Duplicate, Identifier, Profile, Segment

__all__ = ["AccessRecord", "Consent", "Duplicate", "Identifier", "Profile", "Segment"]
