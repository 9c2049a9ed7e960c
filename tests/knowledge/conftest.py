"""A small library: three articles that speak, in Chinese and English."""

import pytest

from clothier.knowledge.contracts import ArticleFacts
from clothier.knowledge.models import Version
from clothier.knowledge.services import publish, write_article
from tests.cast import Cast

PILLING = ArticleFacts(
    question="毛衣起球正常吗？",
    question_en="Is it normal that a sweater pills?",
    answer="少量起球是纤维的特点，用去球器修整即可。",
    answer_en="A little is the fibre’s nature; a fabric shaver removes it.",
    variants=("衣服起毛球了怎么办",),
    topic="care",
)
RETURNS = ArticleFacts(
    question="几天内可以退货？",
    question_en="How long can I return it?",
    answer="{till.return_days} 天内可以退货。",
    answer_en="Within {till.return_days} days.",
    variants=("退货期限是多久",),
    topic="returns",
)
PARKING = ArticleFacts(question="停车怎么收费？", answer="一小时 {loyalty.parking_hour_points} 积分。", topic="stores")


def said(facts: ArticleFacts, code: str) -> Version:
    version = write_article(facts=facts, code=code)
    publish(version=version.pk)
    return version


@pytest.fixture
def library(cast: Cast) -> dict[str, int]:
    """Article ids by code."""
    shelf = {"pilling": PILLING, "returns": RETURNS, "parking": PARKING}
    return {code: said(facts, code).article_id for code, facts in shelf.items()}
