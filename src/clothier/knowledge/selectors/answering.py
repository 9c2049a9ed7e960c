"""The question everybody asks: what do we say to this?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from clothier.kernel import clock
from clothier.knowledge.contracts import Answer, ArticleFacts, Audience, Candidate, Source, Verdict
from clothier.knowledge.models import Version
from clothier.knowledge.selectors.articles import draft
from clothier.knowledge.selectors.quoting import spoken
from clothier.knowledge.selectors.shelf import entry, shelf
from clothier.language.contracts import Ranking
from clothier.language.services import Index, in_traditional, leaning


def language_of(text: str) -> str:
    """ "zh", "zh-hant" or "en": the language to answer a question in. Any Chinese character makes it Chinese."""
    if any("\u3400" <= character <= "\u9fff" for character in text):
        return "zh-hant" if leaning(text) > 0 else "zh"
    return "en" if any("a" <= character <= "z" for character in text.lower()) else "zh"


def answer(
    text: str, *, channel: str, at: datetime, audience: str = Audience.CUSTOMER, language: str | None = None
) -> Answer:
    """What the library says to a question on a channel at a moment; sure, candidates to choose from, or none.

    A message of several matters is answered on each, where each is surely one of ours.

    `language` is the reader's, where it is not the question's. Nothing is written: whoever asks notes the gap.
    """
    shelves = shelf()
    versions = {one.pk: one for one in shelves.versions(at=at, channel=channel, audience=audience)}
    language = language or language_of(text)
    if shelves.refuses(text):
        return Answer(Verdict.NONE, language=language)
    return _told(shelves.index(versions).hear(text), versions, language)


def make_ready(*, channel: str, at: datetime, audience: str = Audience.CUSTOMER) -> None:
    """Load the model and build the index that `answer` asks, a second or two after a start or a new edition."""
    shelves = shelf()
    shelves.index({one.pk: one for one in shelves.versions(at=at, channel=channel, audience=audience)})


def trial(facts: ArticleFacts, *, article: int | None, text: str) -> Answer:
    """What the library would say if an article said this; nothing is written. An article not yet written has id 0."""
    shelves, at = shelf(), clock.now()
    versions = {one.pk: one for one in shelves.versions(at=at, channel="", audience=facts.audience)}
    kept = {pk: one for pk, one in versions.items() if one.article_id != article}
    kept[0] = draft(facts, article or 0)
    return _told(Index.build([entry(one) for one in kept.values()]).hear(text), kept, language_of(text))


def _told(heard: Sequence[Ranking], versions: dict[int, Version], language: str) -> Answer:
    """One answer, or several in one: numbered, with the first's candidates."""
    first, *others = (_one(ranking, versions, language) for ranking in heard)
    if not others:
        return first
    parts = (first, *others)
    text = "\n\n".join(f"{number}. {one.text}" for number, one in enumerate(parts, 1))
    sources = tuple(source for one in parts for source in one.sources)
    score, margin = min(one.score for one in parts), min(one.margin for one in parts)
    return replace(first, text=text, sources=sources, score=score, margin=margin)


def _one(ranking: Ranking, versions: dict[int, Version], language: str) -> Answer:
    found = [(versions[int(one.key)], one.score) for one in ranking.candidates]
    candidates = tuple(Candidate(one.article_id, _title(one, language), score) for one, score in found)
    if ranking.verdict == Verdict.NONE or not found:
        return Answer(Verdict.NONE, candidates=candidates, margin=ranking.margin, language=language)
    best, score = found[0]
    if ranking.verdict == Verdict.CANDIDATES:
        return Answer(Verdict.CANDIDATES, None, "", (), candidates, score, ranking.margin, language)
    return said(best, language, candidates=candidates, score=score, margin=ranking.margin)


def said(
    version: Version,
    language: str,
    *,
    candidates: tuple[Candidate, ...] = (),
    score: float = 1.0,
    margin: float = 1.0,
) -> Answer:
    """An article's answer, as when somebody chose it themselves."""
    english = language.startswith("en") and version.answer_en
    text = spoken(version.answer_en if english else version.answer, language)
    source = Source(version.article_id, version.pk, version.article.key, _title(version, language))
    told = _written(text, language)
    return Answer(Verdict.SURE, version.article_id, told, (source,), candidates, score, margin, language)


def answer_of(
    article: int, *, channel: str, at: datetime, audience: str = Audience.CUSTOMER, language: str = "zh"
) -> Answer | None:
    """What one article says to this audience on this channel at a moment; None when it says nothing there."""
    versions = shelf().versions(at=at, channel=channel, audience=audience)
    found = next((one for one in versions if one.article_id == article), None)
    return said(found, language) if found else None


def _title(version: Version, language: str) -> str:
    if language.startswith("en") and version.question_en:
        return version.question_en
    return _written(version.question, language)


def _written(text: str, language: str) -> str:
    return in_traditional(text) if language == "zh-hant" else text
