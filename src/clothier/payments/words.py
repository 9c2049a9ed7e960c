"""What states, methods and causes are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.payments.contracts import AttemptState, Cause, Method, PaymentState, RefundState

METHODS = {
    Method.CASH: pgettext_lazy("pay", "现金"),
    Method.WECHAT: pgettext_lazy("pay", "微信支付"),
    Method.ALIPAY: pgettext_lazy("pay", "支付宝"),
    Method.CARD: pgettext_lazy("pay", "刷卡"),
    Method.INSTALMENTS: pgettext_lazy("pay", "分期"),
    Method.TRANSFER: pgettext_lazy("pay", "银行转账"),
}
PAYMENT_STATES = {
    PaymentState.OPEN: pgettext_lazy("payment", "待收款"),
    PaymentState.PAID: pgettext_lazy("payment", "已收款"),
    PaymentState.CANCELLED: pgettext_lazy("payment", "已取消"),
}
ATTEMPT_STATES = {
    AttemptState.STARTED: pgettext_lazy("attempt", "等待答复"),
    AttemptState.WAITING: pgettext_lazy("attempt", "等顾客确认"),
    AttemptState.CAPTURED: pgettext_lazy("attempt", "已到账"),
    AttemptState.SURPLUS: pgettext_lazy("attempt", "重复到账，自动退回"),
    AttemptState.FAILED: pgettext_lazy("attempt", "失败"),
    AttemptState.CANCELLED: pgettext_lazy("attempt", "已撤销"),
}
REFUND_STATES = {
    RefundState.REQUESTED: pgettext_lazy("refund", "退款中"),
    RefundState.DONE: pgettext_lazy("refund", "已退款"),
    RefundState.FAILED: pgettext_lazy("refund", "退款失败"),
}
CAUSES = {
    Cause.NONE: "",
    Cause.INSUFFICIENT: _("余额不足"),
    Cause.DECLINED: _("银行拒绝"),
    Cause.CODE_EXPIRED: _("付款码已过期"),
    Cause.LIMIT: _("超过顾客的支付限额"),
    Cause.NOT_CONFIRMED: _("顾客没有及时确认"),
    Cause.CUSTOMER_CANCELLED: _("顾客取消了"),
    Cause.TILL_CANCELLED: _("收银台撤销了"),
    Cause.UNREACHABLE: _("联系不上支付方"),
    Cause.NOT_SENT: _("支付方没有收到请求"),
    Cause.RATE: _("请求太频繁"),
    Cause.MISCONFIGURED: _("商户设置有误"),
    Cause.PROVIDER: _("支付方故障"),
}
