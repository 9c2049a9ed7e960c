"""Questions about visits, answered for a viewer."""

from clothier.visits.selectors.bells import (
    bell_at,
    bell_view,
    bells_for,
    pieces_in_room,
    ringing,
    room_by_id,
    rooms_for,
)
from clothier.visits.selectors.choices import choices
from clothier.visits.selectors.day import (
    came_between,
    task_view,
    tasks_for,
    tasks_of_day,
)
from clothier.visits.selectors.figures import (
    answered_calls,
    extracts,
    first_greetings,
    fitted_by_store,
    visits_by_store,
)
from clothier.visits.selectors.fittings import fitting_view, fittings_for, fittings_of
from clothier.visits.selectors.scenes import day_plan, scenes_today
from clothier.visits.selectors.visits import arrival_step, here, visit_is_seen, visit_view, visits_for

__all__ = [
    "answered_calls",
    "arrival_step",
    "bell_at",
    "bell_view",
    "bells_for",
    "came_between",
    "choices",
    "day_plan",
    "extracts",
    "first_greetings",
    "fitted_by_store",
    "fitting_view",
    "fittings_for",
    "fittings_of",
    "here",
    "pieces_in_room",
    "ringing",
    "room_by_id",
    "rooms_for",
    "scenes_today",
    "task_view",
    "tasks_for",
    "tasks_of_day",
    "visit_is_seen",
    "visit_view",
    "visits_by_store",
    "visits_for",
]
