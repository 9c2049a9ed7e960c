"""What happens to a customer, in words for the timeline."""

from collections.abc import Callable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clothier.customers.contracts import timeline_sentence
from clothier.customers.fields import FIELDS
from clothier.customers.models import Channel, Identifier, Purpose, Source, Wearer
from clothier.customers.standing import layer_names
from clothier.eventlog.contracts import Happening
from clothier.standards.selectors import document

PLAIN = {
    "customer.identifier_removed": _("移除了一个身份标识"),
    "customer.link_revoked": _("撤销了一次合并"),
    "customer.duplicate_found": _("发现疑似重复的记录"),
    "customer.duplicate_decided": _("处理了疑似重复的记录"),
    "customer.fact_withdrawn": _("更正了一条资料"),
    "customer.fact_restored": _("恢复了一条资料"),
    "customer.corrected": _("更正了姓名或称呼"),
    "customer.wearer_removed": _("移除了一位穿着人"),
    "customer.exported": _("导出了本人资料"),
    "customer.erasure_requested": _("要求删除资料"),
    "customer.erasure_cancelled": _("撤回了删除要求"),
    "customer.erased": _("资料已删除"),
    "customer.withdrawn": _("随导入一起撤下了登记"),
    "note.written": _("写了服务记录"),
    "tag.added": _("加了标签"),
    "tag.removed": _("去掉了标签"),
}


def _plain(sentence: Any) -> Callable[[Happening], Any]:
    return lambda entry: sentence


for _type, _sentence in PLAIN.items():
    timeline_sentence(_type)(_plain(_sentence))


def _label(choices: Any, key: str) -> Any:
    return dict(choices.choices).get(key, key)


@timeline_sentence("customer.registered")
def registered(entry: Happening) -> Any:
    return format_lazy(_("登记为顾客（{source}）"), source=_label(Source, entry.payload["source"]))


@timeline_sentence("customer.identifier_linked")
def identified(entry: Happening) -> Any:
    kind = _label(Identifier.Kinds, entry.payload["kind"])
    return format_lazy(_("验证了{kind}") if entry.payload.get("verified") else _("登记了{kind}"), kind=kind)


@timeline_sentence("customer.linked")
def linked(entry: Happening) -> Any:
    automatic = entry.payload["rule"] == "verified"
    return _("记录自动合并（同一已验证标识）") if automatic else _("记录经人工确认合并")


@timeline_sentence("customer.fact_recorded")
def learnt(entry: Happening) -> Any:
    field = FIELDS.get(entry.payload["field"])
    source = _label(Source, entry.payload["source"])
    return format_lazy(_("记下{field}（来自{source}）"), field=field.label if field else "", source=source)


@timeline_sentence("customer.wearer_added")
def wearer(entry: Happening) -> Any:
    return format_lazy(_("登记了穿着人：{relation}"), relation=_label(Wearer.Relation, entry.payload["relation"]))


@timeline_sentence("customer.layer_changed")
def moved(entry: Happening) -> Any:
    names = layer_names()
    was, now = entry.payload["was"], entry.payload["layer"]
    return format_lazy(_("价值分层由{was}变为{now}"), was=names.get(was, was), now=names.get(now, now))


@timeline_sentence("consent.given")
def agreed(entry: Happening) -> Any:
    return format_lazy(_("同意{purpose}（{channel}）"), **_said(entry))


@timeline_sentence("consent.withdrawn")
def refused(entry: Happening) -> Any:
    return format_lazy(_("撤回对{purpose}的同意（{channel}）"), **_said(entry))


def _said(entry: Happening) -> dict[str, Any]:
    return {
        "purpose": _label(Purpose, entry.payload["purpose"]),
        "channel": _label(Channel, entry.payload["channel"]),
    }


def _promised(sentence: Any) -> Callable[[Happening], Any]:
    """With the promise's name, as the house rules have it now."""

    def tell(entry: Happening) -> Any:
        key = entry.payload["promise_key"]
        names = {rule.key: rule.name for rule in document("promises").promises}
        return format_lazy(sentence, promise=names[key].say(get_language() or "") if key in names else key)

    return tell


for _type, _sentence in {
    "promise.broken": _("“{promise}”没有按时做到"),
    "promise.escalated": _("“{promise}”超时，已通知上级"),
    "promise.acknowledged": _("“{promise}”超时，有人接手"),
    "promise.corrected": _("“{promise}”的判定按补报更正"),
    "promise.waived": _("“{promise}”获准豁免"),
}.items():
    timeline_sentence(_type)(_promised(_sentence))
