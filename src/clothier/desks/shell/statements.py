"""What moved points, in the customer's words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clothier.loyalty.contracts import EntryKind, StatementRow

_KINDS: dict[str, Promise] = {
    EntryKind.EARN: pgettext_lazy("statement", "购物获得"),
    EntryKind.GRANT: pgettext_lazy("statement", "门店赠送"),
    EntryKind.SPEND: pgettext_lazy("statement", "使用积分"),
    EntryKind.GIVE_BACK: pgettext_lazy("statement", "积分退回"),
    EntryKind.REVERSE: pgettext_lazy("statement", "退货扣回"),
    EntryKind.EXCHANGE: pgettext_lazy("statement", "换货"),
    EntryKind.SHARE: pgettext_lazy("statement", "家人使用"),
    EntryKind.EXPIRE: pgettext_lazy("statement", "积分到期"),
}
_USES: dict[str, Promise] = {
    "parking": pgettext_lazy("statement", "停车抵扣"),
    "cart": pgettext_lazy("statement", "结账抵现"),
    "order": pgettext_lazy("statement", "结账抵现"),
    "reward": pgettext_lazy("statement", "积分兑换"),
}


def said(row: StatementRow) -> Promise | str:
    """Such as "停车抵扣", "购物获得"; a use nobody has put into words is a use."""
    if row.kind == EntryKind.SPEND and row.source in _USES:
        return _USES[row.source]
    return _KINDS.get(row.kind, row.kind)


def rows_said(rows: list[StatementRow]) -> list[dict[str, Any]]:
    return [{"row": row, "what": said(row)} for row in rows]
