"""Orders to earn with, and the sums that must agree."""

from django.db.models import Sum

from clothier.loyalty.contracts import BackLine, EarnLine, ExchangeLine
from clothier.loyalty.models import Entry, Lot
from clothier.loyalty.services import earn


def bought(customer: int, order: int, *fen: int) -> int:
    """Lines are numbered from ten times the order's number."""
    lines = [EarnLine(order * 10 + place, each) for place, each in enumerate(fen)]
    return earn(document=f"order:{order}", lines=lines, customer=customer)


def back(line: int, fen: int, order: int, of_line: int) -> BackLine:
    return BackLine(line, fen, f"order:{order}", of_line)


def swap(line: int, fen: int, came_back: BackLine) -> ExchangeLine:
    return ExchangeLine(line, fen, came_back)


def differences() -> list[int]:
    """Lots that are not what their entries add up to."""
    told = dict(Entry.objects.values_list("lot").annotate(Sum("points")).order_by())
    return [lot.pk for lot in Lot.objects.all() if lot.remaining != told.get(lot.pk)]
