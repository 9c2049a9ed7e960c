"""The questions about tills, days, statements and differences, by the names other packages ask them."""

from clothier.settlement.models import BusinessDay as BusinessDay
from clothier.settlement.models import Decision as Decision
from clothier.settlement.models import Difference as Difference
from clothier.settlement.models import Statement as Statement
from clothier.settlement.models import Till as Till
from clothier.settlement.models import TillSession as TillSession
from clothier.settlement.selectors.awaiting import awaited
from clothier.settlement.selectors.calendar import open_date
from clothier.settlement.selectors.days import day_rows, days_for, today_for, waiting_for
from clothier.settlement.selectors.differences import differences_for, their_rows
from clothier.settlement.selectors.ledger import Booked, day_figures, ledger, methods_between
from clothier.settlement.selectors.sides import their_date
from clothier.settlement.selectors.statements import providers, statements_for
from clothier.settlement.selectors.tills import latest_count, running_session, sessions_for, tills_for

__all__ = [
    "Booked",
    "BusinessDay",
    "Decision",
    "Difference",
    "Statement",
    "Till",
    "TillSession",
    "awaited",
    "day_figures",
    "day_rows",
    "days_for",
    "differences_for",
    "latest_count",
    "ledger",
    "methods_between",
    "open_date",
    "providers",
    "running_session",
    "sessions_for",
    "statements_for",
    "their_date",
    "their_rows",
    "tills_for",
    "today_for",
    "waiting_for",
]
