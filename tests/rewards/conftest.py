"""A member, and coupons to give her: ¥50 off from ¥500, open to be issued."""

from collections.abc import Callable
from typing import Any

import pytest

from clothier.customers.services import register
from clothier.loyalty.services import grant
from clothier.rewards.contracts import CouponKind
from clothier.rewards.models import Template
from clothier.rewards.services import TemplateFacts, draft_template, open_template

FIFTY = {"name": "满500减50", "kind": CouponKind.AMOUNT, "value": 50_00, "threshold_fen": 500_00, "valid_days": 30}


@pytest.fixture
def lin(cast) -> int:
    return register(name="林悦", source="store", store=cast.store.pk)


@pytest.fixture
def kind_of(cast) -> Callable[..., Template]:
    """An open template with these facts beside those of ¥50 off from ¥500."""

    def make(code: str = "fifty", **facts: Any) -> Template:
        template = draft_template(facts=TemplateFacts(**{**FIFTY, "code": code, **facts}), actor=cast.gao.pk)
        open_template(template=template.pk, actor=cast.gao.pk)
        return Template.objects.get(pk=template.pk)

    return make


@pytest.fixture
def points(lin) -> int:
    """Lin has 3 000 points to spend."""
    grant(customer=lin, points=3_000, reason="goodwill", key="for tests")
    return 3_000
