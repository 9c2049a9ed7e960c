"""A condition tree in words, and the choices of the builder's rows."""

from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from clothier.customers.contracts import conditions as c
from clothier.customers.selectors import choices, layer_names, tag_names
from clothier.desks.profiles.builder import MONEY, SHARES
from clothier.kernel.money import Money
from clothier.places.selectors import store_names

KINDS = {
    "layer": gettext_lazy("价值分层"),
    "figure": gettext_lazy("消费与行为数字"),
    "moment": gettext_lazy("距今多久"),
    "did": gettext_lazy("近期做过"),
    "tag": gettext_lazy("标签"),
    "fact": gettext_lazy("尺码与喜好"),
    "consent": gettext_lazy("同意"),
    "store": gettext_lazy("最近门店"),
    "birthday": gettext_lazy("生日临近"),
}
FIGURES = {
    "orders": gettext_lazy("购买次数"),
    "spend_fen": gettext_lazy("累计消费（元）"),
    "window_orders": gettext_lazy("近一年购买次数"),
    "window_spend_fen": gettext_lazy("近一年消费（元）"),
    "margin_fen": gettext_lazy("累计毛利（元）"),
    "items": gettext_lazy("购买件数"),
    "returns": gettext_lazy("退货次数"),
    "visits": gettext_lazy("到店次数"),
    "fittings": gettext_lazy("试穿次数"),
    "expected_purchases_90d": gettext_lazy("90 天内预计购买次数"),
    "p_alive": gettext_lazy("仍活跃的概率（%）"),
    "lifetime_value_fen": gettext_lazy("预计终身价值（元）"),
}
MOMENTS = {
    "last_purchase_at": gettext_lazy("最近购买"),
    "first_purchase_at": gettext_lazy("首次购买"),
    "last_visit_at": gettext_lazy("最近到店"),
    "registered_at": gettext_lazy("登记"),
}
DEEDS = {
    "purchase": gettext_lazy("购买"),
    "return": gettext_lazy("退货"),
    "visit": gettext_lazy("到店"),
    "fitting": gettext_lazy("试穿"),
}


def say(condition: Any) -> str:
    """The condition as a sentence."""
    return _say(condition)


@singledispatch
def _say(condition: Any) -> str:
    return str(condition)


@_say.register
def _all(condition: c.All) -> str:
    return _joined(condition.of, pgettext("conditions", "且")) if condition.of else _("所有顾客")


@_say.register
def _any(condition: c.Any_) -> str:
    return _joined(condition.of, pgettext("conditions", "或"))


@_say.register
def _not(condition: c.Not) -> str:
    return _("不满足“%(what)s”") % {"what": say(condition.of)}


@_say.register
def _layer(condition: c.InLayer) -> str:
    names = layer_names()
    return _("价值分层为%(what)s") % {"what": " / ".join(names.get(key, key) for key in condition.layers)}


@_say.register
def _figure(condition: c.FigureBetween) -> str:
    label, low, high = FIGURES[condition.figure], condition.least, condition.most
    words = {"what": label, "low": _amount(condition.figure, low), "high": _amount(condition.figure, high)}
    if low is None:
        return _("%(what)s不超过 %(high)s") % words
    if high is None:
        return _("%(what)s至少 %(low)s") % words
    return _("%(what)s在 %(low)s 到 %(high)s 之间") % words


@_say.register
def _moment(condition: c.MomentAgo) -> str:
    words = {"what": MOMENTS[condition.moment], "far": condition.at_least_days, "near": condition.at_most_days}
    if condition.never:
        return _("从未有过%(what)s") % words
    if condition.at_least_days is None:
        return _("%(what)s在 %(near)s 天以内") % words
    if condition.at_most_days is None:
        return _("%(what)s在 %(far)s 天以前") % words
    return _("%(what)s在 %(far)s 到 %(near)s 天以前") % words


@_say.register
def _tag(condition: c.Tagged) -> str:
    return _("有标签“%(what)s”") % {"what": tag_names().get(condition.tag, condition.tag)}


@_say.register
def _fact(condition: c.Knows) -> str:
    field = dict(choices.segment_facts())[condition.field]
    return f"{condition.qualifier} {field}：{condition.value}".strip()


@_say.register
def _consent(condition: c.Agreed) -> str:
    words = {"purpose": dict(choices.PURPOSES)[condition.purpose], "channel": dict(choices.CHANNELS)[condition.channel]}
    return _("同意%(purpose)s（%(channel)s）") % words


@_say.register
def _did(condition: c.Did) -> str:
    words = {"days": condition.days, "deed": DEEDS[condition.deed], "n": condition.least}
    said = _("近 %(days)s 天%(deed)s至少 %(n)s 次") % words
    where = store_names([condition.store]).get(condition.store or 0, "")
    return f"{said}（{where}）" if where else said


@_say.register
def _store(condition: c.LastStore) -> str:
    return _("最近门店为%(what)s") % {"what": " / ".join(store_names(condition.stores).values())}


@_say.register
def _birthday(condition: c.BirthdayWithin) -> str:
    return _("生日在 %(days)s 天内") % {"days": condition.days}


def _joined(parts: tuple[Any, ...], word: str) -> str:
    said = [
        _("（%(what)s）") % {"what": say(part)} if part.kind in ("all", "any") and len(part.of) > 1 else say(part)
        for part in parts
    ]
    return f" {word} ".join(said)


def _amount(figure: str, value: float | None) -> str:
    if value is None:
        return ""
    if figure in MONEY:
        return str(Money(round(value)))
    return f"{value * 100:g}%" if figure in SHARES else f"{value:g}"
