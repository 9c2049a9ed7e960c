"""The verbs of settling. `actor` is an employee's id, `key` the idempotency key; all raise Refused with a sentence."""

from clothier.settlement.services.days import close_day
from clothier.settlement.services.tills import add_till, close_till, count_drawer, move_cash, open_till, retire_till

__all__ = ["add_till", "close_day", "close_till", "count_drawer", "move_cash", "open_till", "retire_till"]
