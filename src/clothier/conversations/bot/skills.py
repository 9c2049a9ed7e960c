"""What the bot looks up in the packages below it: when a store is open, where a style lies."""

import re
from collections.abc import Iterable

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from clothier.catalog.selectors import skus_of, stock_by_store, style_by_code
from clothier.conversations.contracts import Question, SkillAnswer, skill
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import open_stores, store_names
from clothier.standards.selectors import calendar_day

HOURS = (
    "几点开门", "几点关门", "几点开", "几点关", "营业时间", "几点营业", "开到几点", "开门吗", "营业吗", "几点打烊",
    "opening hours", "what time do you open", "what time do you close", "are you open", "open today",
)  # fmt: skip
STOCK = (
    "有货", "现货", "库存", "哪家店有", "哪里有", "还有吗", "店里有", "有没有",
    "in stock", "available", "which store has",
)  # fmt: skip
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,3}-?\d{3,6}(?![A-Za-z0-9])")
MOST = 4


@skill("hours", signs=HOURS)
def hours(question: Question) -> SkillAnswer | None:
    """Today's hours of the stores that the question names, by name or city; without one, the library explains."""
    named = [store for store in open_stores(SYSTEM) if _names((store.name, store.name_en, store.city), question.text)]
    lines = [_line(store.name, store.name_en, store.calendar, question.language) for store in named[:MOST]]
    return SkillAnswer("\n".join(lines), {"store": named[0].pk}) if named else None


def _names(names: Iterable[str], text: str) -> bool:
    return any(name and name.lower() in text.lower() for name in names)


def _line(name: str, name_en: str, calendar: str, language: str) -> str:
    today = calendar_day(calendar, localdate())
    said = name_en if language == "en" and name_en else name
    if today.opens_at is None or today.closes_at is None:
        return _("%(store)s今天不营业。") % {"store": said}
    span = {"opens": f"{localtime(today.opens_at):%H:%M}", "closes": f"{localtime(today.closes_at):%H:%M}"}
    return _("%(store)s今天 %(opens)s–%(closes)s 营业。") % {"store": said, **span}


@skill("stock", signs=STOCK)
def stock(question: Question) -> SkillAnswer | None:
    """Where the style named by its code lies, in the size that was named; without a code, the library asks for it.

    Stores of a city that the question names come first, then those with most of it.
    """
    code = _CODE.search(question.text)
    style = style_by_code(code[0].upper()) if code else None
    if style is None or code is None:
        return None
    wanted = _sizes(question.text.replace(code[0], " "), style.pk)
    lying = [
        (one, sum(n for sku, n in one.by_sku.items() if not wanted or sku in wanted))
        for one in stock_by_store(style.pk)
    ]
    here = sorted((pair for pair in lying if pair[1]), key=lambda pair: pair[0].city not in question.text)
    if not here:
        return SkillAnswer(_("%(style)s 各门店暂时都卖完了，我可以请同事帮您查补货时间。") % {"style": style.code})
    names = store_names(one.store_id for one, _n in here)
    told = "；".join(f"{names.get(one.store_id, '')} {_pieces(n)}" for one, n in here[:MOST])
    return SkillAnswer(_("%(style)s 现在有货：%(where)s。") % {"style": style.code, "where": told}, {"style": style.pk})


def _sizes(text: str, style: int) -> set[int]:
    """The SKUs of a size that a text names as a word of its own; none where it names none."""
    said = {word.upper() for word in re.findall(r"[A-Za-z]+|\d+", text)}
    return {sku.pk for sku in skus_of(style) if sku.size.upper() in said}


def _pieces(count: int) -> str:
    return _("%(count)s 件") % {"count": count}
