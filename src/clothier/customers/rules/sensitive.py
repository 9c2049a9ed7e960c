"""Sensitive data in free text: where exactly, of what kind, and how grave.

An associate's note may hold what helps to serve, not what would harm the customer if it leaked. Numbers that open
bank accounts or prove identity are refused; the rest is pointed at, and the writer decides and is named.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

ID_CARD, BANK_CARD, PHONE, EMAIL = "id_card", "bank_card", "phone", "email"
WECHAT, PLATE, ADDRESS = "wechat", "plate", "address"
REFUSED = frozenset({ID_CARD, BANK_CARD})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the text: `text[start:end]` is a pattern (id_card, phone …) or a word of the named rule."""

    kind: str
    start: int
    end: int

    @property
    def grave(self) -> bool:
        return self.kind in REFUSED


_D = r"[0-9０-９]"
_SEP = r"[ \-－—]?"
_ID = re.compile(rf"(?<!{_D})(?:{_D}{_SEP}){{17}}[0-9０-９XxＸｘ](?!{_D})")
_CARD = re.compile(rf"(?<!{_D})(?:{_D}{_SEP}){{12,18}}{_D}(?!{_D})")
_MOBILE = rf"(?<!{_D})(?:\+?86{_SEP})?[1１][3-9３-９](?:{_SEP}{_D}){{9}}(?!{_D})"
_LANDLINE = rf"(?<!{_D})0\d{{2,3}}-?\d{{7,8}}(?!{_D})"
_PHONE = re.compile(f"{_MOBILE}|{_LANDLINE}")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ROAD = r"[\u4e00-\u9fffA-Za-z0-9]{2,12}(?:路|街|巷|弄|小区|花园|公寓|新村)"
_STREET = _ROAD + r"\d+[号弄][\d\-—号楼栋幢座单元室]{0,12}"
_FLAT = r"\d+(?:号楼|栋|幢)\d+(?:单元)?\d*室?"
_SHAPES = {
    EMAIL: re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    WECHAT: re.compile(r"(?:微信号?|wechat|vx|v信)\s*[:：是为]?\s*[A-Za-z][A-Za-z0-9_-]{5,19}", re.IGNORECASE),
    PLATE: re.compile(rf"[{_PROVINCES}][A-Z][·•]?[A-Z0-9]{{5,6}}(?![A-Z0-9])"),
    ADDRESS: re.compile(f"{_STREET}|{_FLAT}"),
}
# Words that hold such a word and mean something else.
_HARMLESS = re.compile(
    r"手术刀剪裁|孕妇装|孕妇裤|丑橘|穷游|教会(?:我|他|她|顾客|您)|情人节|小三角|防过敏|党员徽|政治面料|小气候|土豆"
)


def findings(text: str, words: Mapping[str, Iterable[str]]) -> list[Finding]:
    """Every sensitive place, in order of the text and never overlapping: numbers first, then words by their rule."""
    taken = [(m.start(), m.end()) for m in _HARMLESS.finditer(text)]
    found: list[Finding] = []
    for candidate in _candidates(text, words):
        if all(candidate.end <= start or candidate.start >= end for start, end in taken):
            taken.append((candidate.start, candidate.end))
            found.append(candidate)
    return sorted(found, key=lambda finding: finding.start)


def _candidates(text: str, words: Mapping[str, Iterable[str]]) -> list[Finding]:
    numbers = [Finding(ID_CARD, *m.span()) for m in _ID.finditer(text) if _is_id(_digits(m.group()))]
    numbers += [Finding(PHONE, *m.span()) for m in _PHONE.finditer(text)]
    numbers += [Finding(BANK_CARD, *m.span()) for m in _CARD.finditer(text) if _is_card(_digits(m.group()))]
    shapes = [Finding(kind, *m.span()) for kind, shape in _SHAPES.items() for m in shape.finditer(text)]
    said = [
        Finding(key, *m.span()) for key, vocabulary in words.items() for m in _any_of(tuple(vocabulary)).finditer(text)
    ]
    return numbers + shapes + said


@cache
def _any_of(vocabulary: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(vocabulary, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)


def _digits(text: str) -> str:
    return "".join(str(int(c)) if c.isdigit() else "X" for c in text if c.isdigit() or c in "XxＸｘ")


def _is_id(number: str) -> bool:
    """GB 11643: a plausible date of birth and the right check digit."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    month, day = int(number[10:12]), int(number[12:14])
    if not (1 <= month <= 12 and 1 <= day <= 31 and number[6:8] in ("18", "19", "20")):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11
    return number[17] == "10X98765432"[remainder]


def _is_card(number: str) -> bool:
    """ISO/IEC 7812: 13 to 19 digits that pass the Luhn check and begin like a payment card."""
    if not 13 <= len(number) <= 19 or number[0] not in "3456" or not number.isdigit():
        return False
    doubled = [int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
