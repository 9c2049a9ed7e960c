"""Sensitive data in free text: where exactly, of what kind, and how grave.

An associate's note may hold what helps to serve, not what would harm the customer if it leaked. Numbers that open
bank accounts or prove identity are refused; the rest is pointed at, and the writer decides and is named.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    PLATE = "plate"
    ADDRESS = "address"
    HEALTH = "health"
    BELIEF = "belief"
    ORIGIN = "origin"
    INTIMATE = "intimate"
    MONEY = "money"
    INSULT = "insult"


REFUSED = frozenset({Kind.ID_CARD, Kind.BANK_CARD})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in the text: `text[start:end]` is of this kind."""

    kind: Kind
    start: int
    end: int

    @property
    def grave(self) -> bool:
        return self.kind in REFUSED


_D = r"[0-9０-９]"
_SEP = r"[ \-－—]?"
_ID = re.compile(rf"(?<!{_D})(?:{_D}{_SEP}){{17}}[0-9０-９XxＸｘ](?!{_D})")
_CARD = re.compile(rf"(?<!{_D})(?:{_D}{_SEP}){{12,18}}{_D}(?!{_D})")
_PHONE = re.compile(rf"(?<!{_D})(?:\+?86{_SEP})?[1１][3-9３-９](?:{_SEP}{_D}){{9}}(?!{_D})|(?<!{_D})0\d{{2,3}}-?\d{{7,8}}(?!{_D})")
_SHAPES = {
    Kind.EMAIL: re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    Kind.WECHAT: re.compile(r"(?:微信号?|wechat|vx|v信)\s*[:：是为]?\s*[A-Za-z][A-Za-z0-9_-]{5,19}", re.IGNORECASE),
    Kind.PLATE: re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·•]?[A-Z0-9]{5,6}(?![A-Z0-9])"),
    Kind.ADDRESS: re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,12}(?:路|街|巷|弄|小区|花园|公寓|新村)\d+[号弄](?:[\d\-—号楼栋幢座单元室]{1,12})?|\d+(?:号楼|栋|幢)\d+(?:单元)?\d*室?"),
}  # fmt: skip
_WORDS = {
    Kind.HEALTH: (
        "怀孕|孕期|流产|备孕|不孕|抑郁|焦虑症|精神病|癌|肿瘤|糖尿病|高血压|心脏病|乙肝|艾滋|HIV|传染病|残疾|截肢|义肢|"
        "化疗|手术|住院|病历|吃药|服药|更年期|痔疮|皮肤病|牛皮癣|湿疹|哮喘|癫痫|自闭|过敏性休克"
    ),
    Kind.BELIEF: "基督徒|基督教|天主教|穆斯林|伊斯兰|回教|佛教徒|信佛|道教|法轮|教会|做礼拜|宗教|信教|党员|政治|上访",
    Kind.ORIGIN: "少数民族|维吾尔|藏族|回族|蒙古族|黑人|混血|外地人|农村人|乡下人",
    Kind.INTIMATE: "离婚|出轨|小三|情妇|情人|同性恋|性取向|家暴|单亲|私生|分居|婚外",
    Kind.MONEY: "月薪|年薪|工资|年收入|存款|贷款|欠债|负债|破产|房贷|征信",
    Kind.INSULT: "太胖|很胖|肥婆|胖子|丑|穷|抠门|小气|土包子|没素质|神经病|难缠|事儿多|事多|刁钻",
}
_VOCABULARY = {kind: re.compile(words, re.IGNORECASE) for kind, words in _WORDS.items()}
# Words that hold such a word and mean something else.
_HARMLESS = re.compile(
    r"手术刀剪裁|孕妇装|孕妇裤|丑橘|穷游|教会(?:我|他|她|顾客|您)|情人节|小三角|防过敏|党员徽|政治面料|小气候|土豆"
)


def findings(text: str) -> list[Finding]:
    """Every sensitive place, in order of the text and never overlapping: the graver kind wins."""
    taken = [(m.start(), m.end()) for m in _HARMLESS.finditer(text)]
    found: list[Finding] = []
    for candidate in _candidates(text):
        if all(candidate.end <= start or candidate.start >= end for start, end in taken):
            taken.append((candidate.start, candidate.end))
            found.append(candidate)
    return sorted(found, key=lambda finding: finding.start)


def _candidates(text: str) -> list[Finding]:
    numbers = [Finding(Kind.ID_CARD, *m.span()) for m in _ID.finditer(text) if _is_id(_digits(m.group()))]
    numbers += [Finding(Kind.PHONE, *m.span()) for m in _PHONE.finditer(text)]
    numbers += [Finding(Kind.BANK_CARD, *m.span()) for m in _CARD.finditer(text) if _is_card(_digits(m.group()))]
    shapes = [Finding(kind, *m.span()) for kind, shape in _SHAPES.items() for m in shape.finditer(text)]
    words = [Finding(kind, *m.span()) for kind, shape in _VOCABULARY.items() for m in shape.finditer(text)]
    return numbers + shapes + words


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
