"""What a message is, by its words alone: a courtesy, a wish for a person, a choice."""

import re
from collections.abc import Iterable, Sequence

from clothier.language.services import normalise

_TRIM = " \t~～。，,.!！?？…"
# So many characters or words may stand around a wish for a person.
_LITTLE = 8
_DIGITS = {sign: number for number, signs in enumerate(("1①一", "2②二", "3③三", "4④四", "5⑤五"), 1) for sign in signs}


def plain(text: str) -> str:
    return normalise(text).strip(_TRIM)


def says_only(text: str, signs: Iterable[str]) -> bool:
    """Whether the message is nothing but one or several of these words, with particles: "你好，在吗？", "好的谢谢"."""
    rest = plain(text)
    for sign in sorted((plain(sign) for sign in signs), key=len, reverse=True):
        rest = rest.replace(sign, " ") if not sign.isascii() else re.sub(rf"\b{re.escape(sign)}\b", " ", rest)
    return bool(plain(text)) and not rest.strip(_TRIM + "啊呀呢哦噢哈了的吧您你亲 ")


def holds(text: str, signs: Iterable[str]) -> int:
    """How many of these words a message holds; Latin ones as whole words."""
    said = plain(text)
    return sum(_inside(plain(sign), said) for sign in signs)


def _inside(sign: str, said: str) -> bool:
    return bool(re.search(rf"\b{re.escape(sign)}\b", said)) if sign.isascii() else sign in said


def asks_for(text: str, signs: Sequence[str]) -> bool:
    """Whether the message is a wish for one of these and little else: "我要找人工", not "这块皮草是人工的还是真的"."""
    rest = plain(text)
    for sign in sorted((plain(sign) for sign in signs), key=len, reverse=True):
        rest = rest.replace(sign, "") if _inside(sign, rest) else rest
    asked = rest != plain(text)
    return asked and len(re.findall(r"[a-z]+|[\u3400-\u9fff]", rest)) <= _LITTLE


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """Which of the titles offered is meant: by its number, or by its words. None where it is neither."""
    said = plain(text).removeprefix("第").removesuffix("个")
    number = _DIGITS.get(said)
    if number and number <= len(titles):
        return number - 1
    return next((at for at, title in enumerate(titles) if plain(title) == plain(text)), None)
