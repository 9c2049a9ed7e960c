"""The staff's verbs."""

from clothier.staff.services.accounts import create_account, deactivate, reactivate, set_password
from clothier.staff.services.people import create_employee, end_employment, import_employees, note_change
from clothier.staff.services.roster import plan_shift, plan_shifts

__all__ = [
    "create_account",
    "create_employee",
    "deactivate",
    "end_employment",
    "import_employees",
    "note_change",
    "plan_shift",
    "plan_shifts",
    "reactivate",
    "set_password",
]
