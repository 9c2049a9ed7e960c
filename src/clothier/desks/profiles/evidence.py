"""Why two records are thought to be one person, in words."""

from typing import Any

from django.utils.translation import gettext as _

from clothier.customers.selectors.rows import Duplicate, Identifier
from clothier.kernel.words import shown


def evidence(pair: Duplicate) -> list[str]:
    """One line for each reason: which identifier they share, which fields agree and which do not."""
    kinds = dict(Identifier.Kinds.choices)
    lines = []
    if kind := pair.evidence.get("kind"):
        lines.append(_("共用%(kind)s") % {"kind": kinds.get(kind, kind)})
    lines += [_("%(field)s一致") % {"field": _field(name)} for name in pair.evidence.get("agree", ())]
    lines += [_("%(field)s相近") % {"field": _field(name)} for name in pair.evidence.get("close", ())]
    lines += [_("%(field)s不同") % {"field": _field(name)} for name in pair.evidence.get("differ", ())]
    return lines or [shown(pair, "origin")]


def _field(name: str) -> Any:
    return {
        "name": _("姓名"),
        "pinyin": _("姓名读音"),
        "phone": _("手机号"),
        "tail": _("手机尾号"),
        "email": _("邮箱"),
        "birthday": _("生日"),
        "store": _("登记门店"),
        "title": _("称呼"),
    }.get(name, name)
