"""Questions about tills and days."""

from clothier.settlement.models import BusinessDay as BusinessDay
from clothier.settlement.models import Till as Till
from clothier.settlement.models import TillSession as TillSession
from clothier.settlement.selectors.calendar import open_date
from clothier.settlement.selectors.tills import running_session, sessions_for, tills_for

__all__ = ["BusinessDay", "Till", "TillSession", "open_date", "running_session", "sessions_for", "tills_for"]
