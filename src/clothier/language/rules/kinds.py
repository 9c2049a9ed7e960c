"""What kind of matter a message is: words vote, a person decides."""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from clothier.language.contracts import Suggestion
from clothier.language.rules.lexicon import load
from clothier.language.rules.moods import mood
from clothier.language.rules.normalising import fold

Votes = dict[str, float]
ANGRY = 0.5


class Signs(NamedTuple):
    pattern: re.Pattern[str]
    votes: dict[str, list[tuple[str, float]]]


@cache
def _signs(question: str) -> Signs:
    """The patterns of `kinds.yaml` under one question (kind, topic, severity) and what each speaks for."""
    votes: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for answer, lines in load("kinds")[question].items():
        for weight, words in lines.items():
            for word in words.split():
                votes[word.replace("_", " ")].append((answer, float(weight)))
    pattern = re.compile("|".join(map(re.escape, sorted(votes, key=len, reverse=True))))
    return Signs(pattern, dict(votes))


def _count(question: str, folded: str, text: str) -> tuple[Votes, dict[str, list[str]]]:
    signs, votes, said = _signs(question), defaultdict[str, float](float), defaultdict[str, list[str]](list)
    for match in signs.pattern.finditer(folded):
        for answer, weight in signs.votes[match[0]]:
            votes[answer] += weight
            said[answer].append(text[match.start() : match.end()])
    return votes, said


def suggest_kind(text: str) -> Suggestion:
    """Kind, topic and severity of a matter with the words that say so; none: an inquiry about a product."""
    folded, feeling = fold(text), mood(text)
    kinds, kind_words = _count("kind", folded, text)
    degrees, degree_words = _count("severity", folded, text)
    if feeling.anger >= ANGRY:
        kinds["complaint"] += 2 * feeling.anger
    if degrees.get("serious"):
        kinds["complaint"] += 2
    topics, topic_words = _count("topic", folded, text)
    kind = _first(kinds, "inquiry")
    topic = _first(topics, "product")
    severity = _severity(kind, degrees, feeling.anger)
    evidence = dict.fromkeys([*kind_words[kind], *topic_words[topic], *degree_words[severity]])
    return Suggestion(kind, topic, severity, tuple(evidence))


def _first(votes: Votes, otherwise: str) -> str:
    return max(votes, key=lambda answer: votes[answer]) if votes else otherwise


def _severity(kind: str, degrees: Votes, anger: float) -> str:
    if degrees.get("serious"):
        return "serious"
    return "moderate" if degrees.get("moderate") or (kind == "complaint" and anger >= ANGRY) else "minor"
