"""The verbs of settling. `actor` is an employee's id, `key` the idempotency key; all raise Refused with a sentence."""

from clothier.settlement.services.comparing import compare
from clothier.settlement.services.days import close_day
from clothier.settlement.services.deciding import remark, resolve, take_difference, undo_decision
from clothier.settlement.services.intake import take_in, work_once
from clothier.settlement.services.matching import match, settle
from clothier.settlement.services.statements import confirm_statement, drop_statement, receive_statement
from clothier.settlement.services.tills import add_till, close_till, count_drawer, move_cash, open_till, retire_till

__all__ = [
    "add_till",
    "close_day",
    "close_till",
    "compare",
    "confirm_statement",
    "count_drawer",
    "drop_statement",
    "match",
    "move_cash",
    "open_till",
    "receive_statement",
    "remark",
    "resolve",
    "retire_till",
    "settle",
    "take_difference",
    "take_in",
    "undo_decision",
    "work_once",
]
