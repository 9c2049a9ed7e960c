"""Questions to the standards."""

from clothier.standards.selectors.documents import document, edition
from clothier.standards.selectors.figures import Figures, promise_figures
from clothier.standards.selectors.history import History, history_of
from clothier.standards.selectors.promises import due_soon, promise_for, promises_for, subjects_promises
from clothier.standards.selectors.replay import Difference, replay_differences

__all__ = [
    "Difference",
    "Figures",
    "History",
    "document",
    "due_soon",
    "edition",
    "history_of",
    "promise_figures",
    "promise_for",
    "promises_for",
    "replay_differences",
    "subjects_promises",
]
