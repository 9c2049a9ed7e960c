"""What a name can be found by: from any of its first three parts, in characters, in pinyin, by initials.

A part is one Chinese character or one word of another script. Keys are bytes, because bytes sort the same way in
every database whatever its collation, so that a prefix is an index range everywhere.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

_PARTS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LONGEST = 48
_HIGHEST = b"\xff"

# Family names that are read otherwise than the character alone.
_FAMILY = {
    "单": "shan", "單": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "區": "ou",
    "盖": "ge", "蓋": "ge", "任": "ren", "朴": "piao", "覃": "qin", "翟": "zhai", "乐": "yue", "樂": "yue",
    "缪": "miao", "繆": "miao", "员": "yun", "繁": "po", "秘": "bi", "折": "she", "洗": "xian", "召": "shao",
    "黑": "he", "都": "du", "句": "gou", "晁": "chao", "尉": "yu", "种": "chong", "幺": "yao", "葛": "ge",
}  # fmt: skip


class NameKeys(NamedTuple):
    name_1: bytes | None
    name_2: bytes | None
    name_3: bytes | None
    pinyin_1: bytes | None
    pinyin_2: bytes | None
    initials: bytes | None


@lru_cache(1 << 14)
def keys(name: str) -> NameKeys:
    """The six search keys of a name; None for a part it does not have."""
    parts = _parts(name)
    sounds = [_sound(part, first=i == 0) for i, part in enumerate(parts)]
    return NameKeys(
        _key(parts),
        _key(parts[1:]),
        _key(parts[2:]),
        _key(sounds),
        _key(sounds[1:]),
        _key([sound[:1] for sound in sounds]),
    )


def needle(query: str) -> bytes:
    """A typed query in the shape of the keys."""
    return _key(_parts(query)) or b""


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def above(prefix: bytes) -> bytes:
    """The first key after all those that start with `prefix` (UTF-8 never holds the byte 0xff)."""
    return prefix + _HIGHEST


def _parts(name: str) -> list[str]:
    if name.isascii():
        return _PARTS.findall(name.lower())
    folded = unicodedata.normalize("NFKD", name).casefold()
    return _PARTS.findall("".join(c for c in folded if not unicodedata.combining(c)))


def _key(parts: list[str]) -> bytes | None:
    return "".join(parts)[:LONGEST].encode() or None


@cache
def _sound(part: str, *, first: bool) -> str:
    if first and part in _FAMILY:
        return _FAMILY[part]
    # The dictionary takes half a second to load: a shop that opens does not wait for it.
    from pypinyin import lazy_pinyin

    return lazy_pinyin(part)[0] if _HAN.match(part) else part
