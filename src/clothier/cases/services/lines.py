"""Goods on a case: only what was sold, and no piece in two cases at once."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from clothier.cases.contracts import NewLine
from clothier.cases.events import CaseLineAdded
from clothier.cases.models import Case, CaseLine
from clothier.cases.selectors.goods import claims
from clothier.cases.services.rows import tell
from clothier.catalog.selectors import skus
from clothier.checkout.selectors import SoldLine, sale_view
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused


def checked(order: int | None, lines: Sequence[NewLine]) -> Mapping[int, SoldLine]:
    """The lines of the sale that are named, with what may still come back. Refused for anything else."""
    if not lines:
        return {}
    sale = sale_view(SYSTEM, order) if order is not None else None
    if sale is None:
        raise Refused(_("没有找到这张销售单"), field="order")
    sold = {one.line.pk: one for one in sale.lines}
    claimed = {line: sum(claim.pieces for claim in found) for line, found in claims(sold).items()}
    for line in lines:
        found = sold.get(line.order_line)
        if found is None or not 1 <= line.quantity <= found.left - claimed.get(line.order_line, 0):
            raise Refused(_("这些商品不在这张单上，或已经在办理退换"), field="lines")
    return sold


def style_of(sold: Mapping[int, SoldLine]) -> int | None:
    """What the first of them is, so that cases of one style find each other."""
    first = next((one.line.sku_id for one in sold.values() if one.line.sku_id), None)
    found = skus([first]) if first else {}
    return next((sku.style_id for sku in found.values()), None)


def add_lines(
    row: Case, lines: Sequence[NewLine], sold: Mapping[int, SoldLine], *, actor: int | None, key: str | None = None
) -> None:
    for line in lines:
        made = CaseLine.objects.create(
            case=row,
            order_line_id=line.order_line,
            sku_id=sold[line.order_line].line.sku_id,
            quantity=line.quantity,
            reason=line.reason,
            tag=line.tag or "",
            wear=line.wear or "",
            wanted_sku=line.wanted_sku,
        )
        tell(row, CaseLineAdded(line_id=made.pk), actor=actor, key=key)
