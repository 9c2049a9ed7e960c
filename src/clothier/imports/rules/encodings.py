"""Which encoding a text is in, told from its first bytes."""

import codecs

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GBK", "latin-1": "Latin-1", "cp1252": "Latin-1"}
# The level-one hanzi of GB 2312, in pinyin order: nearly all of everyday Chinese, a sixth of what GBK can say.
_COMMON = range(0xB0, 0xD8)


def detect(head: bytes) -> str:
    """The encoding of a file that begins with these bytes: a byte-order mark, else UTF-8, UTF-16, GBK or Latin."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if wide := _utf16(head):
        return wide
    if _decodes(head, "utf-8"):
        return "utf-8"
    if _decodes(head, "gb18030") and _looks_chinese(head):
        return "gb18030"
    # A few damaged bytes in a UTF-8 file do not make it Latin: count what would be read wrongly either way.
    if _mostly_utf8(head):
        return "utf-8"
    return "cp1252"


def _utf16(head: bytes) -> str:
    """UTF-16 without a mark: Latin letters, digits and delimiters leave every other byte empty."""
    sample = head[:4000]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 20:
        return ""
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _decodes(head: bytes, encoding: str) -> bool:
    # The sample may end inside a character: an incremental decoder does not mind.
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(head: bytes) -> bool:
    """Pairs of high bytes that are everyday hanzi. Accented Latin comes as single high bytes between letters."""
    pairs = common = singles = 0
    position = 0
    while position < len(head) - 1:
        if head[position] < 0x80:
            position += 1
        elif head[position + 1] >= 0x80:
            pairs += 1
            common += head[position] in _COMMON
            position += 2
        else:
            singles += 1
            position += 1
    return pairs > 0 and common >= 0.5 * pairs and pairs >= singles


def _mostly_utf8(head: bytes) -> bool:
    text = head.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    foreign = sum(1 for letter in text if letter >= "\u0080") - damaged
    return foreign > 4 * damaged
