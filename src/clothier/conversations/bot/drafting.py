"""A draft in a language model's words, from the library's articles and nothing else. Off unless an endpoint is set.

    POST <url>/chat/completions  {"model": …, "messages": […]}   Authorization: Bearer <key>

Any endpoint that speaks this protocol will do. What leaves the house is the question without personal data, and
articles that customers may read anyway. What comes back is held against them: a sentence without a source, a figure
that no source holds or words that are never said make it no draft at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from clothier.conversations.channels.http import ask
from clothier.conversations.contracts import NotSent
from clothier.kernel import clock
from clothier.kernel.redaction import scrub
from clothier.knowledge.contracts import Source
from clothier.knowledge.selectors import answer, answer_of, language_of
from clothier.language.services import check
from clothier.standards.selectors import document

SOURCES = 3
LONGEST = 600
_CITED = re.compile(r"\s*\[(\d)\]")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# Numbers that tell a person from another, and would tell nothing of the question.
_LONG_NUMBER = re.compile(r"\d{5,}")
_ORDER = (
    "You draft replies for a clothing shop's service desk. Use only the numbered sources. After every sentence put the "
    "number of its source, like [1]. Answer in the language of the question, in at most three sentences, warmly and "
    "plainly. If the sources do not answer the question, reply with NONE."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal for a person to send, change or throw away; `sources` are what it quotes, in its order."""

    text: str
    sources: tuple[Source, ...]


def drafted(text: str, *, channel: str, names: Sequence[str] = ()) -> Draft | None:
    """None where drafting is off, nothing near is written, or what came back does not stand on its sources.

    Asks over the network for up to ten seconds: never inside a transaction. `names` are blanked as well.
    """
    if not settings.DRAFTING:
        return None
    told = _sources(text, channel)
    said = _asked(redacted(text, names), [answer for _source, answer in told]) if told else ""
    cited = [int(number) - 1 for number in _CITED.findall(said)]
    if not _stands(said, cited, [answer for _source, answer in told]):
        return None
    quoted = tuple(told[at][0] for at in dict.fromkeys(cited))
    return Draft(_CITED.sub("", said).strip(), quoted)


def redacted(text: str, names: Sequence[str] = ()) -> str:
    """The question without phone numbers, addresses of e-mail, long numbers and the names that are known."""
    blank = _LONG_NUMBER.sub("…", scrub(text))
    for name in names:
        blank = blank.replace(name, "…") if name.strip() else blank
    return blank


def _sources(text: str, channel: str) -> list[tuple[Source, str]]:
    now, language = clock.now(), language_of(text)
    near = answer(text, channel=channel, at=now).candidates[:SOURCES]
    told = [answer_of(one.article, channel=channel, at=now, language=language) for one in near]
    return [(one.sources[0], one.text) for one in told if one]


def _asked(question: str, sources: Sequence[str]) -> str:
    listed = "\n".join(f"[{number}] {text}" for number, text in enumerate(sources, 1))
    told = settings.DRAFTING
    content = {
        "model": told["model"],
        "temperature": 0,
        "messages": [
            {"role": "system", "content": _ORDER},
            {"role": "user", "content": f"{listed}\n\nQuestion: {question}"},
        ],
    }
    headers = {"Authorization": f"Bearer {told['key']}"} if told["key"] else {}
    try:
        found = ask("POST", f"{told['url'].rstrip('/')}/chat/completions", content=content, headers=headers)
        return str(found["choices"][0]["message"]["content"] or "").strip()
    except (NotSent, KeyError, IndexError, TypeError):
        return ""


def _stands(said: str, cited: list[int], sources: Sequence[str]) -> bool:
    if not cited or len(said) > LONGEST or not all(0 <= at < len(sources) for at in cited):
        return False
    held = set(_FIGURE.findall(" ".join(sources)))
    invented = set(_FIGURE.findall(_CITED.sub("", said))) - held
    return not invented and not any(hit.stops for hit in check(said, document("language"), complaint=False))
