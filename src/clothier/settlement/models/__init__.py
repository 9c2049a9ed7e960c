"""Tills and their sessions, business days and their figures."""

from clothier.settlement.models.days import BusinessDay, DayFigure
from clothier.settlement.models.tills import CashMove, DrawerCount, Till, TillSession

__all__ = ["BusinessDay", "CashMove", "DayFigure", "DrawerCount", "Till", "TillSession"]
