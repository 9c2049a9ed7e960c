"""A day's figures in our own books, as often as anything of the day may have changed."""

from clothier.settlement.models import BusinessDay, DayFigure
from clothier.settlement.selectors.figures import added_up


def figure(day: BusinessDay) -> None:
    """Count a day anew. What was on its way when the day was sealed is in by the time it is compared."""
    added, day.late = added_up(day)
    figures = [
        DayFigure(day=day, line=line, count=sums.count, fen=sums.fen, refunds=sums.refunds, refund_fen=sums.refund_fen)
        for line, sums in sorted(added.items())
    ]
    day.save(update_fields=["late"])
    day.figures.all().delete()
    DayFigure.objects.bulk_create(figures)
