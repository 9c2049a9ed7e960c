"""Many articles at once, as a file brings them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from clothier.kernel.errors import Refused
from clothier.knowledge.contracts import ArticleFacts
from clothier.knowledge.models import Article, Version
from clothier.knowledge.selectors.articles import facts_of
from clothier.knowledge.selectors.asking import plain
from clothier.knowledge.services.editions import one_at_a_time
from clothier.knowledge.services.publishing import publish
from clothier.knowledge.services.writing import write_article


@dataclass(frozen=True, slots=True)
class Brought:
    """One article of a file; `code` is its own number there, "" where it has none.

    `told`: the fields that the file speaks of. What it does not, an article that is here already keeps.
    """

    facts: ArticleFacts
    told: tuple[str, ...]
    code: str = ""


@transaction.atomic
def import_faq(*, articles: Sequence[Brought], actor: int | None = None) -> list[str | Refused]:
    """Write and publish them; the fate of each, in their order: created, changed, same, or why it was refused.

    An article is found again by its code, or by its question: a file imported twice changes nothing.
    """
    one_at_a_time()
    codes = dict(Article.objects.values_list("key", "pk"))
    questions: dict[str, int] = {}
    for owner, question in Version.objects.order_by("number").values_list("article_id", "question"):
        questions[plain(question)] = owner
    return [_take_in(one, codes, questions, actor) for one in articles]


def _take_in(one: Brought, codes: dict[str, int], questions: dict[str, int], actor: int | None) -> str | Refused:
    asked = plain(one.facts.question)
    known = codes.get(one.code) if one.code else questions.get(asked)
    before = Version.objects.filter(article=known).select_related("article").order_by("-number").first()
    said = {name: getattr(one.facts, name) for name in one.told}
    facts = replace(facts_of(before), **said) if before else one.facts
    try:
        version = write_article(facts=facts, code=one.code, article=known, actor=actor)
    except Refused as refused:
        return refused
    codes[one.code], questions[asked] = version.article_id, version.article_id
    if version == before:
        return "same"
    publish(version=version.pk, actor=actor)
    return "changed" if known else "created"
