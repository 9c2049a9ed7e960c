"""What an order line and an order are, told from their code, their number and their quantities."""

import re

from clothier.checkout.contracts import LineKind, OrderKind

# Codes that tills and web shops use for lines that are no goods.
_WORDS = {
    LineKind.DELIVERY: "post dot c2 c3 carriage postage freight shipping delivery 运费 邮费 快递费 配送费 包邮",
    LineKind.FEE: "amazonfee bankcharges cruk fee 手续费 服务费 包装费",
    LineKind.DISCOUNT: "d disc discount 折扣 优惠 满减 抹零",
    LineKind.VOUCHER: "gift giftcard voucher 礼券 储值 礼品卡",
    LineKind.ADJUSTMENT: "m manual s samples b adjust adjust2 adj 调整 冲账",
}
_CODES = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_MARKS = re.compile(r"[\s_\-.]+")
_VOUCHER = re.compile(r"^gift_?\d", re.IGNORECASE)
_CANCELLED = {"取消", "已取消", "作废", "cancelled", "canceled", "cancellation", "void"}
_RETURNED = {"退货", "退款", "已退货", "return", "returned", "refund"}


def line_kind(code: str) -> LineKind:
    """Goods, unless the code is one of those for postage, fees, discounts, vouchers and corrections."""
    if code[:1].isdigit():
        return LineKind.GOODS
    if _VOUCHER.match(code):
        return LineKind.VOUCHER
    return _CODES.get(_MARKS.sub("", code).lower(), LineKind.GOODS)


def order_kind(number: str, told: str, quantities: list[int]) -> OrderKind:
    """What the file says it is; else C… numbers are cancellations and orders with nothing sold are returns."""
    word = told.strip().lower()
    if word in _CANCELLED:
        return OrderKind.CANCELLATION
    if word in _RETURNED:
        return OrderKind.RETURN
    if number[:1] in "Cc" and number[1:2].isdigit():
        return OrderKind.CANCELLATION
    return OrderKind.RETURN if all(pieces < 0 for pieces in quantities) else OrderKind.SALE


def sort_of(kind: OrderKind, quantity: int) -> str:
    """Under which head of the reconciliation a line stands."""
    if kind is OrderKind.CANCELLATION:
        return "cancellation"
    return "return" if quantity < 0 or kind is OrderKind.RETURN else "sale"
