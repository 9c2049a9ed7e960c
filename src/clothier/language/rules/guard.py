"""The language guard: forbidden expressions where they are meant as such, and the steps a good answer takes.

The lists are house rules. What is here is grammar: spaces inside a word, questions (能不能退), double negation
(不是不能退), the customer's words in quotation marks, and a curt word that stands alone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from clothier.language.contracts import Expression, Hint, Hit, Language, Step
from clothier.language.rules.normalising import fold

QUOTED = re.compile(r"「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"]*\"")
CLAUSE = re.compile(r"[,，。.!！?？;；、~～\n:：…]")
# What turns a refusal round: "it is not that we cannot", "never", "do not say".
TURNED = re.compile(
    "(不是|并非|不会|不可能|从不|绝不|没有?什么|别说|不要说|不用|怎么会|哪会|不用担心|不必担心|以免|避免|not that)$"
)
# A curt word is still curt with these around it.
AROUND = re.compile(r"[我们咱这那个款件店里的都就也真是啦了啊呀呢哦喔噢嗯哈吧呗嘛亲 ]*")
# What is only supposed is not said: 如果处理不了，请联系我们.
SUPPOSED = re.compile(r"如果|要是|若|万一|假如|\bif\b")
CUSTOMER = re.compile(r"[您你]")
LATIN = re.compile(r"[a-z]")
# At the end of a message stands what only a little follows that tells of being busy: 请您稍等，这边为您查询商品的信息.
ENDING = 18
BUSY = re.compile("查|看|问|核实|处理|确认|咨询|联系|马上|正在|留言")


class Watched(NamedTuple):
    pattern: re.Pattern[str]
    rules: dict[str, Expression]
    allowed: dict[str, re.Pattern[str]]


def check(text: str, rules: Language, *, complaint: bool = False) -> list[Hit]:
    """Forbidden expressions of a reply, in their order; in the answer to a complaint every hit stops."""
    folded, places = _squeezed(text)
    watched = _watched(tuple(rules.forbidden))
    quoted = [match.span() for match in QUOTED.finditer(folded)]
    hits = []
    for match in watched.pattern.finditer(folded):
        rule = watched.rules[match[0].replace(" ", "")]
        if _meant(folded, match, rule, watched.allowed.get(rule.key)) and not _within(match.span(), quoted):
            start, end = places[match.start()], places[match.end() - 1] + 1
            severity = "stop" if complaint else rule.severity
            hits.append(Hit(rule.key, start, end, text[start:end], _in_kind(rule.instead, match[0]), severity))
    return hits


def hints(text: str, rules: Language, *, complaint: bool = False) -> list[Hint]:
    """The steps of a good answer (for a complaint: feeling, solution, when) of which this text shows no sign."""
    folded = fold(text)
    steps: Sequence[Step] = rules.complaint_steps if complaint else rules.steps
    return [Hint(step.key, step.name, step.shape) for step in steps if not any(sign in folded for sign in step.signs)]


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The folded text without spaces between Chinese characters, and where each of its characters stands in `text`."""
    folded = fold(text)
    kept = [
        at
        for at, char in enumerate(folded)
        if not (char.isspace() and char != "\n" and not _latin_beside(folded, at))
        and char not in "\u200b\u200c\u200d\ufeff"
    ]
    return "".join(folded[at] for at in kept), kept


def _latin_beside(text: str, at: int) -> bool:
    return bool(LATIN.match(text, at - 1) if at else None) or bool(LATIN.match(text, at + 1))


@lru_cache(maxsize=8)
def _watched(forbidden: tuple[Expression, ...]) -> Watched:
    said = {fold(form).replace(" ", ""): rule for rule in forbidden for form in (rule.say, *rule.variants)}
    forms = sorted((form for rule in forbidden for form in (rule.say, *rule.variants)), key=len, reverse=True)
    pattern = re.compile("|".join(_bounded(fold(form)) for form in forms) or "(?!)")
    return Watched(
        pattern,
        said,
        {rule.key: re.compile("|".join(map(_escaped, rule.allowed))) for rule in forbidden if rule.allowed},
    )


def _bounded(form: str) -> str:
    """English matches whole words only: "no" is not in "now"."""
    return rf"\b{re.escape(form)}\b" if LATIN.match(form) else re.escape(form)


def _escaped(form: str) -> str:
    return re.escape(fold(form))


def _meant(text: str, match: re.Match[str], rule: Expression, allowed: re.Pattern[str] | None) -> bool:
    start, end = match.span()
    if allowed and any(span[0] < end and start < span[1] for span in _near(allowed, text, start, end)):
        return False
    if rule.last and not _ends(text[end:]):
        return False
    if SUPPOSED.search(CLAUSE.split(text[:start])[-1]) or any(word in text for word in rule.unless):
        return False
    return not (
        _asked(text, match) or TURNED.search(text, max(0, start - 6), start) or (rule.alone and not _alone(text, match))
    )


def _near(allowed: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (found.span() for found in allowed.finditer(text, max(0, start - 12), end + 12))


def _asked(text: str, match: re.Match[str]) -> bool:
    """能不能退, 行不行, 有没有: the word before 不 or 没 comes again after it; or the clause ends as a question."""
    start, said = match.start(), match[0]
    return start > 0 and len(said) > 1 and said[0] in "不没" and text[start - 1] == said[1]


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether the clause says nothing beyond the expression, and does not speak of what the customer has not."""
    before = CLAUSE.split(text[: match.start()])[-1]
    after = CLAUSE.split(text[match.end() :])[0]
    return not CUSTOMER.search(before) and bool(AROUND.fullmatch(before)) and bool(AROUND.fullmatch(after))


def _ends(after: str) -> bool:
    """Whether nothing is told any more: no answer, no question."""
    clauses = CLAUSE.split(after)
    return len(after) <= ENDING and all(AROUND.fullmatch(clause) or BUSY.search(clause) for clause in clauses)


def _within(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start < span[0] and span[1] < end for start, end in spans)


def _in_kind(instead: tuple[str, ...], said: str) -> tuple[str, ...]:
    """Wordings in the language of what was said; all of them where none is."""
    english = bool(LATIN.match(said))
    return tuple(wording for wording in instead if wording.isascii() == english) or instead
