"""The answers Clothier ships with, for a shop that has none yet."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from clothier.knowledge.contracts import ArticleFacts
from clothier.knowledge.models import Article
from clothier.knowledge.services.publishing import publish
from clothier.knowledge.services.writing import write_article

_SEED = Path(__file__).resolve().parents[1] / "seed"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def shipped() -> dict[str, ArticleFacts]:
    """What is shipped, by code."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(_SEED.glob("*.yaml")))
    return {one["key"]: _facts(one) for text in texts for one in yaml.load(text, Loader=_Loader)}  # noqa: S506 - safe


def _facts(told: dict[str, Any]) -> ArticleFacts:
    return ArticleFacts(
        question=told["question"]["zh"],
        question_en=told["question"]["en"],
        answer=told["answer"]["zh"],
        answer_en=told["answer"]["en"],
        variants=(*told["variants"]["zh"], *told["variants"]["en"]),
        topic=told["topic"],
    )


@transaction.atomic
def take_in_shipped(*, actor: int | None = None) -> int:
    """Write and publish the shipped articles this shop does not have; how many. What editors changed stays theirs."""
    known = set(Article.objects.values_list("key", flat=True))
    new = {code: facts for code, facts in shipped().items() if code not in known}
    for code, facts in new.items():
        publish(version=write_article(facts=facts, code=code, actor=actor).pk, actor=actor)
    return len(new)
