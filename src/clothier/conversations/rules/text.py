"""What of a text is kept: words, not the means to disguise them."""

import re
import unicodedata

LONGEST = 10_000
# Nothing that is not written: control characters but line breaks and tabs, and what turns the direction of reading.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_GAPS = re.compile(r"\n{4,}")


def cleaned(text: str) -> str:
    """The text as it is kept and shown, at most LONGEST characters. Emoji and rare characters stay as they are."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    return _GAPS.sub("\n\n\n", _UNSEEN.sub("", unicodedata.normalize("NFC", plain))).strip()[:LONGEST]
