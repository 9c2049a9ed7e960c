"""The staff's verbs."""

from clothier.staff.services.accounts import (
    create_account,
    deactivate,
    forget_second_factors,
    give_for_once,
    reactivate,
    reset_password,
    set_password,
)
from clothier.staff.services.copying import copy_roster, undo_copy
from clothier.staff.services.people import create_employee, end_employment, import_employees, note_change
from clothier.staff.services.roster import plan_shift, plan_shifts
from clothier.staff.services.sessions import prune_sessions
from clothier.staff.services.shifts import Overtaken, add_shift, cancel_shift, move_shift, undo_shift_change
from clothier.staff.services.skills import set_skills

__all__ = [
    "Overtaken",
    "add_shift",
    "cancel_shift",
    "copy_roster",
    "create_account",
    "create_employee",
    "deactivate",
    "end_employment",
    "forget_second_factors",
    "give_for_once",
    "import_employees",
    "move_shift",
    "note_change",
    "plan_shift",
    "plan_shifts",
    "prune_sessions",
    "reactivate",
    "reset_password",
    "set_password",
    "set_skills",
    "undo_copy",
    "undo_shift_change",
]
