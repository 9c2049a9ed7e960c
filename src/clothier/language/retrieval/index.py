"""Questions against what can be answered: views of nearness in one score, and a verdict that knows its limits."""

from collections.abc import Sequence
from functools import cache
from typing import Self

from clothier.language.contracts import Candidate, Entry, Ranking, Verdict
from clothier.language.retrieval.concepts import plain
from clothier.language.retrieval.judging import Judged, judge
from clothier.language.retrieval.views import Group, Views
from clothier.language.rules.lexicon import load
from clothier.language.rules.matters import matters
from clothier.language.rules.normalising import normalise

SHOWN = 5
ANSWER_READ = 160  # characters of an answer that tell what it is about
SURE = 0.65  # an answer is said outright above this chance of being right
KNOWN = 0.5  # nothing is offered below this chance that anything answers
NOTHING = Ranking((), 0.0, Verdict.NONE)


class Index:
    """Built from entries, asked with sentences. Immutable: threads may share it; `build` again when entries change."""

    def __init__(self, keys: tuple[str, ...], views: Views) -> None:
        self._keys, self._views = keys, views

    @classmethod
    def build(cls, entries: Sequence[Entry]) -> Self:
        """Two milliseconds for each question and variant this process has not seen yet; the rest is quick."""
        groups = [_group(entry) for entry in entries]
        return cls(tuple(entry.key for entry in entries), Views([*groups, *_elsewhere()], len(groups)))

    def ask(self, text: str) -> Ranking:
        """The entries that may answer `text`, best first. An empty question has no answer."""
        judged = self.judge(text)
        if judged is None:
            return NOTHING
        return Ranking(self._candidates(judged), judged.margin, _verdict(judged))

    def hear(self, text: str) -> tuple[Ranking, ...]:
        """A ranking for each matter of a message, where each is surely another entry's; else one for all of it."""
        parts = matters(text)
        told = [self.ask(part) for part in parts] if len(parts) > 1 else []
        sure = {one.candidates[0].key: one for one in told if one.verdict is Verdict.SURE}
        return tuple(sure.values()) if len(sure) > 1 else (self.ask(text),)

    def judge(self, text: str) -> Judged | None:
        asked = plain(text)
        if not self._keys or not any(character.isalnum() for character in asked):
            return None
        return judge(self._views.see(asked), len(self._keys))

    def _candidates(self, judged: Judged) -> tuple[Candidate, ...]:
        first, *rest = (int(at) for at in judged.order[:SHOWN])
        spare = min(judged.right, 1 - judged.right)
        left = sum(float(judged.shares[at]) for at in rest) or 1.0
        others = (Candidate(self._keys[at], spare * float(judged.shares[at]) / left) for at in rest)
        return (Candidate(self._keys[first], judged.right), *others)


def _verdict(judged: Judged) -> Verdict:
    if judged.known < KNOWN:
        return Verdict.NONE
    return Verdict.SURE if judged.right >= SURE else Verdict.CANDIDATES


def _group(entry: Entry) -> Group:
    forms = tuple(filter(None, map(plain, (entry.question, *entry.variants)))) or ("?",)
    return Group(forms, normalise(entry.answer)[:ANSWER_READ])


@cache
def _elsewhere() -> tuple[Group, ...]:
    """What people ask that no shop answers: it competes with the entries, so that an answer has to be nearer."""
    return tuple(Group(tuple(plain(form) for form in forms)) for forms in load("elsewhere"))
