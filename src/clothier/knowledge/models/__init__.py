"""The tables of the knowledge base."""

from clothier.knowledge.models.articles import Article, Edition, Publication, Version
from clothier.knowledge.models.asking import Choice, Gap, Mark, Wording

__all__ = ["Article", "Choice", "Edition", "Gap", "Mark", "Publication", "Version", "Wording"]
