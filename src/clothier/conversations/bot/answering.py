"""An answer to one question: from live facts where a skill knows them, else from the library, and from nowhere else."""

import logging
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import translation

from clothier.conversations.bot.asking import holds
from clothier.conversations.contracts import Question, Skill, SkillAnswer, skills
from clothier.knowledge.contracts import Candidate, Verdict
from clothier.knowledge.selectors import answer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to say to a question. Empty `text`: nothing sure; then `candidates` may be meant."""

    text: str = ""
    sources: dict[str, Any] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


def found(question: Question) -> Found:
    """Skills first: what somebody asks about their own order is better told than explained."""
    ready = [(holds(question.text, one.signs), one) for one in skills.values()]
    for _times, one in sorted((pair for pair in ready if pair[0]), key=lambda pair: -pair[0]):
        told = _asked(one, question)
        if told is not None and told.sure:
            return Found(told.text, {"skill": one.key, "facts": told.facts})
    known = answer(question.text, channel=question.channel, at=question.at, language=question.language)
    if known.kind == Verdict.SURE:
        return Found(known.text, {"articles": [[one.article, one.version] for one in known.sources]}, known.candidates)
    return Found(candidates=known.candidates if known.kind == Verdict.CANDIDATES else ())


def _asked(one: Skill, question: Question) -> SkillAnswer | None:
    """A skill that fails is as one that does not know: the customer is answered all the same."""
    try:
        with transaction.atomic(), translation.override("en" if question.language == "en" else "zh-hans"):
            return one.answer(question)
    except Exception:
        logger.exception("skill %s failed", one.key)
        return None
