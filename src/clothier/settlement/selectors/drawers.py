"""What should be in a drawer."""

from django.db.models import Sum

from clothier.settlement.models import TillSession
from clothier.settlement.rules import drawer


def expected_in(session: TillSession) -> int:
    """Fen that should be in a session's drawer by now."""
    moved = session.moves.aggregate(fen=Sum("fen"))["fen"] or 0
    return drawer.expected(float_fen=session.float_fen, cash_fen=0, moved_fen=moved)
