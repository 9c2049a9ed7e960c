"""Questions to the standards."""

from clothier.standards.selectors.days import CalendarDay, calendar_day
from clothier.standards.selectors.documents import document, edition, settled
from clothier.standards.selectors.duties import duties
from clothier.standards.selectors.figures import (
    Figures,
    extracts,
    figures_of,
    outcomes_by_store,
    promise_figures,
    verdict_moments,
)
from clothier.standards.selectors.history import History, history_of
from clothier.standards.selectors.opening import next_service, opening_hours
from clothier.standards.selectors.promises import (
    count_open,
    due_soon,
    promise_exists,
    promise_for,
    promises_for,
    subjects_promises,
)
from clothier.standards.selectors.replay import Difference, replay_differences
from clothier.standards.selectors.versions import (
    SECTIONS,
    compared,
    event_catalogue,
    guessed_years,
    in_force,
    parsed,
    readers,
    shipped_text,
    store_targets_for,
    text_in_force,
    unread,
    versions_for,
)
from clothier.standards.selectors.waivers import Asked, waivers_waiting

__all__ = [
    "SECTIONS",
    "Asked",
    "CalendarDay",
    "Difference",
    "Figures",
    "History",
    "calendar_day",
    "compared",
    "count_open",
    "document",
    "due_soon",
    "duties",
    "edition",
    "event_catalogue",
    "extracts",
    "figures_of",
    "guessed_years",
    "history_of",
    "in_force",
    "next_service",
    "opening_hours",
    "outcomes_by_store",
    "parsed",
    "promise_exists",
    "promise_figures",
    "promise_for",
    "promises_for",
    "readers",
    "replay_differences",
    "settled",
    "shipped_text",
    "store_targets_for",
    "subjects_promises",
    "text_in_force",
    "unread",
    "verdict_moments",
    "versions_for",
    "waivers_waiting",
]
