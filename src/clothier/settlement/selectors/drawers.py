"""What should be in a drawer."""

from datetime import timedelta

from django.db.models import Sum

from clothier.kernel import clock
from clothier.payments.selectors import cash_at
from clothier.settlement.models import TillSession
from clothier.settlement.rules import drawer


def expected_in(session: TillSession) -> int:
    """Fen that should be in a session's drawer by now."""
    moved = session.moves.aggregate(fen=Sum("fen"))["fen"] or 0
    cash = cash_at(till=session.till_id, start=session.opened_at, end=clock.now() + timedelta.resolution)
    return drawer.expected(float_fen=session.float_fen, cash_fen=cash, moved_fen=moved)
