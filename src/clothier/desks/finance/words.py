"""How the finance desk speaks: states and next steps, methods, providers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.kernel.access import HEAD_OFFICE, Viewer
from clothier.payments.selectors import method_name
from clothier.settlement.contracts import ALLOWANCES, ORDERS, POINTS, RETURNS, SALES, DayRow, DayState

STATES: dict[DayState, tuple[Promise, str]] = {
    DayState.TRADING: (pgettext_lazy("day", "营业中"), "info"),
    DayState.COUNTED: (pgettext_lazy("day", "已点钞"), "info"),
    DayState.CLOSED: (pgettext_lazy("day", "已关账"), "warn"),
    DayState.DIFFERENT: (pgettext_lazy("day", "有差异"), "bad"),
    DayState.MATCHED: (pgettext_lazy("day", "已对平"), "good"),
}
PROVIDERS = {
    "wechat": _("微信支付"),
    "alipay": _("支付宝"),
    "card": _("银联收单"),
    ORDERS: _("订单"),
    POINTS: pgettext_lazy("side", "积分账"),
}
LINES = {SALES: _("销售"), RETURNS: _("退货"), ALLOWANCES: _("折让，货未退"), POINTS: _("积分抵扣")}


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next, and where; `mine` says whether this viewer can do it."""

    label: Promise | str
    view: str
    query: str = ""


def next_step(row: DayRow, viewer: Viewer) -> Step:
    """What a day waits for, for whoever looks at it."""
    if row.state is DayState.TRADING:
        return Step(_("清点收银台") if row.open_tills else _("开台"), "tills", f"?store={row.store_id}")
    if row.state is DayState.COUNTED:
        return Step(_("关账"), "day")
    if row.state is DayState.DIFFERENT:
        return Step(_("处理差异"), "differences", f"?store={row.store_id}&date={row.date}")
    if row.state is DayState.CLOSED and viewer.role in HEAD_OFFICE:
        return Step(_("上传账单"), "statements")
    return Step(_("查看"), "day")


def provider_word(name: str) -> str:
    return str(PROVIDERS.get(name, name))


def line_word(line: str) -> str:
    """A line of a day's figures: sales, returns, points, or a way to pay."""
    return str(LINES[line]) if line in LINES else method_name(line)
