"""The metrics Clothier ships with, each with its definition."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.insights.contracts import Metric, Unit

METRICS: tuple[Metric, ...] = (
    Metric(
        "promises_kept", _("承诺兑现率"), Unit.SHARE,
        _("当日裁定的服务承诺中，按时兑现的 ÷（兑现 + 未兑现）。"),
        _("服务承诺的裁定记录，取最新一次裁定。"),
        ("promises_kept",), ("promises_kept", "promises_broken"),
        caveat=_("已取消和经批准豁免的承诺两边都不计。"), target=0.95,
    ),
    Metric(
        "greeting_time", _("迎宾用时"), Unit.SECONDS,
        _("从到店到第一次问候的平均秒数。"), _("到店步骤。"),
        ("greeting_seconds",), ("greeted",),
        caveat=_("没有问候的到店不在其中，请与承诺兑现率一起看。"), more_is_better=False, target=10,
    ),
    Metric(
        "bell_time", _("呼叫响应用时"), Unit.SECONDS,
        _("从顾客按铃到有人响应的平均秒数。"), _("试衣间、自助屏和二维码的呼叫。"),
        ("bell_seconds",), ("bells_answered",),
        caveat=_("顾客自己取消的呼叫不计。"), more_is_better=False, target=60,
    ),
    Metric(
        "visits", pgettext_lazy("total", "到店"), Unit.COUNT,
        _("当日到店的次数，一行人算一次。"), _("到店记录。"), ("visits",),
        caveat=_("误登记的不计。"), more_is_better=None,
    ),
    Metric(
        "conversion", _("成交率"), Unit.SHARE, _("离店时已购买的到店 ÷ 已离店的到店。"), _("到店记录的结果。"),
        ("visits_bought",), ("visits_closed",),
        caveat=_("还在店里的顾客不计；同行几人算一次到店。"),
    ),
    Metric(
        "fitting_conversion", _("试穿成交率"), Unit.SHARE, _("试穿过且购买的到店 ÷ 试穿过的到店。"),
        _("到店和试穿记录。"), ("fitted_bought",), ("fitted_closed",),
        caveat=_("只计登记了的试穿。"),
    ),
    Metric(
        "sales", _("净销售额"), Unit.FEN, _("售出商品金额减去退回商品金额。"), _("订单。"), ("net_fen",),
        caveat=_("只计人民币订单，运费和手续费不计；退货计入退货当日。"), more_is_better=True,
    ),
    Metric(
        "basket", _("客单价"), Unit.FEN, _("售出商品金额 ÷ 销售单数。"), _("订单。"), ("goods_fen",), ("orders",),
        caveat=_("退货不冲减。"),
    ),
    Metric(
        "pieces", _("连带率"), Unit.RATIO, _("售出件数 ÷ 销售单数。"), _("订单。"), ("pieces",), ("orders",),
    ),
    Metric(
        "repurchase", _("复购占比"), Unit.SHARE, _("当日购买的已知顾客中，此前买过的 ÷ 当日购买的已知顾客。"),
        _("订单。"),
        ("buyers_returning",), ("buyers",),
        caveat=_("未登记的顾客不计；同一顾客一天算一次。"),
    ),
)  # fmt: skip
BY_KEY = {metric.key: metric for metric in METRICS}
