"""Questions to the standards."""

from clothier.standards.selectors.documents import document, edition

__all__ = ["document", "edition"]
