"""What the bot may look up here: a customer's latest order and until when it may come back, for nobody but them."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.checkout.contracts import OrderKind
from clothier.checkout.models import Order
from clothier.checkout.selectors.orders import bought_by
from clothier.conversations.contracts import Question, SkillAnswer, skill
from clothier.customers.selectors import records_of
from clothier.standards.selectors import document

ORDER = (
    "我的订单", "我那单", "我买的东西", "最近一单", "上次买", "我下的单", "我的单",
    "my order", "my last purchase", "what did i buy",
)  # fmt: skip
RETURN = (
    "还能退", "还可以退", "还能换", "还可以换", "来得及退", "来得及换", "几号之前退", "我买的能退",
    "still return", "still exchange", "last day to return", "can i return my",
)  # fmt: skip
LOOKED_AT = 5


@skill("order", signs=ORDER)
def order(question: Question) -> SkillAnswer | None:
    last = _last_sale(question)
    if last is None:
        return None
    row, what = last
    told = {"number": row.number, "at": _day(row, 0), "what": what}
    text = _("您最近一单是 %(at)s 的 %(number)s：%(what)s。物流和发票在“我的订单”里点开就能看到。") % told
    return SkillAnswer(text, {"order": row.pk})


@skill("return_window", signs=RETURN)
def return_window(question: Question) -> SkillAnswer | None:
    """By the day of the latest sale; what is excluded and what is faulty the library explains."""
    last = _last_sale(question)
    if last is None:
        return None
    row, what = last
    rules = document("till")
    told = {
        "at": _day(row, 0),
        "what": what,
        "return": _day(row, rules.return_days),
        "exchange": _day(row, rules.exchange_days),
        "quality": _day(row, rules.quality_days),
    }
    text = _(
        "您 %(at)s 买的%(what)s：%(return)s 前可以退货，%(exchange)s 前可以换货，质量问题 %(quality)s 前都可以处理；"
        "吊牌完整、未穿洗就好。"
    ) % told  # fmt: skip
    return SkillAnswer(text, {"order": row.pk})


def _last_sale(question: Question) -> tuple[Order, str] | None:
    """The person's latest sale and its goods in words; None for somebody the channel does not vouch for."""
    if question.customer is None:
        return None
    for row, goods in bought_by(records_of(question.customer), limit=LOOKED_AT):
        if row.kind == OrderKind.SALE and goods:
            first = goods[0].description or goods[0].code
            more = _("%(first)s等 %(count)s 件") % {"first": first, "count": len(goods)}
            return row, first if len(goods) == 1 else more
    return None


def _day(row: Order, days: int) -> str:
    return date_format(localtime(row.occurred_at) + timedelta(days=days), "MONTH_DAY_FORMAT")
