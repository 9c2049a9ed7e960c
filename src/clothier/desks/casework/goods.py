"""The goods of a case: what was sold, in which state it came back, and until when it may."""

from dataclasses import dataclass
from typing import Any

from clothier.cases.contracts import AT_WORK, Kind, LineReason
from clothier.cases.selectors import CaseFile, Swap, Window, return_window, swaps
from clothier.catalog.selectors import skus
from clothier.checkout.selectors import order_lines


@dataclass(frozen=True, slots=True)
class Piece:
    """`line` is the case's line as stored; `order` the sale it came from.

    `swaps`: where the piece lies that it shall be exchanged for; None where there is nothing to exchange any more.
    """

    line: object
    name: str
    code: str
    fen: int
    order_id: int
    order_number: str
    wanted: str
    window: Window | None
    swaps: list[Swap] | None


def pieces_of(file: CaseFile) -> list[Piece]:
    sold = order_lines(line.order_line_id for line in file.lines)
    wanted = skus(line.wanted_sku for line in file.lines if line.wanted_sku)
    exchange = file.view.kind == Kind.EXCHANGE
    going = exchange and file.view.state in AT_WORK
    lying = swaps([sku for line in file.lines if (sku := _out(line))], store=file.view.store_id) if going else {}
    windows: dict[tuple[int, str], Window | None] = {}
    found = []
    for line in file.lines:
        of = sold[line.order_line_id]
        asked = (of.order_id, line.reason)
        if asked not in windows:
            windows[asked] = return_window(of.order_id, LineReason(line.reason), exchange=exchange)
        new = wanted.get(line.wanted_sku or 0)
        found.append(
            Piece(
                line=line,
                name=of.description or of.code,
                code=of.code,
                fen=of.total_fen,
                order_id=of.order_id,
                order_number=of.order.number,
                wanted=f"{new.style.display_name} {new.colour} {new.size}" if new else "",
                window=windows[asked],
                swaps=lying.get(_out(line)),
            )
        )
    return found


def _out(line: Any) -> int:
    """The SKU that goes out for it: the one that is wanted, else another of the same."""
    return line.wanted_sku or line.sku_id or 0
