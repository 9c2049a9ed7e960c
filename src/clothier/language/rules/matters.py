"""The matters of one message: "怎么退货？几天到账" asks twice, "洗了一次就起球了，能退吗" asks once."""

import re

from clothier.language.rules.normalising import normalise

# More questions in one breath are a matter for a person.
MOST = 3
# Shorter than that is a particle, not a question.
LEAST = 3
_TRIM = " \t~～。，,.!！?？…、；;"
_BESIDES = "另外|还有|顺便|顺带|再问|对了|另:"
_ENDS = re.compile(
    rf"[?!。;,\n]+|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])|(?={_BESIDES})"
    r"|\band (?=(?:also|how|what|when|where|which|can|could|do|does|is|are|will)\b)"
)
_ASKS = re.compile(
    rf"^(?:{_BESIDES}|also\b|by the way\b)|也(?:要|想|得|没|不)|想(?:要)?(?:换|退|改|取消|问|开|查|修|买)|帮我"
    r"|[吗么呢噻]|什么|怎|咋|啥|多少|几|哪|谁|多久|多长|多大|为何|是否|可以|可否|([\u3400-\u9fff])[不没]\1|[不没伐否冇]$"
    r"|\b(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|may)\b"
)


def matters(text: str) -> list[str]:
    """The questions of a message, in order: one, or up to MOST where several were asked in one breath.

    What is told leads to the question after it, and after the last one belongs to that. One question comes back whole.
    """
    found: list[list[str]] = []
    told: list[str] = []
    for piece in filter(None, (piece.strip(_TRIM) for piece in _ENDS.split(normalise(text)) if piece)):
        told.append(piece)
        if len(piece) >= LEAST and _ASKS.search(piece):
            found.append(told)
            told = []
    if len(found) < 2:
        return [text.strip()]
    found[-1] += told
    return ["，".join(pieces) for pieces in found[:MOST]]
