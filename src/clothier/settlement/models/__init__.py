"""Tills and their sessions, business days and their figures, providers' statements, and what does not agree."""

from clothier.settlement.models.days import BusinessDay, DayFigure
from clothier.settlement.models.differences import Decision, Difference, Remark
from clothier.settlement.models.statements import DayStatement, Statement, StatementLine
from clothier.settlement.models.tills import CashMove, DrawerCount, Till, TillSession

__all__ = [
    "BusinessDay",
    "CashMove",
    "DayFigure",
    "DayStatement",
    "Decision",
    "Difference",
    "DrawerCount",
    "Remark",
    "Statement",
    "StatementLine",
    "Till",
    "TillSession",
]
