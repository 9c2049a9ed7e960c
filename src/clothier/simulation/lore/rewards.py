"""What the demo's points buy, and the blind box that is open at its farewells."""

from datetime import datetime, timedelta

from clothier.kernel import clock
from clothier.rewards.contracts import CouponKind
from clothier.rewards.selectors import items_on_sale, template_by_code
from clothier.rewards.services import (
    ItemFacts,
    PrizeFacts,
    TemplateFacts,
    draft_box,
    draft_template,
    offer_item,
    open_box,
    open_template,
)

PRIZE = TemplateFacts(
    "box-20", "盲盒 20 元券", CouponKind.AMOUNT, 20_00, "Blind box, ¥20 off", threshold_fen=100_00, valid_days=60
)
REWARD = TemplateFacts(
    "points-50", "积分兑换 50 元券", CouponKind.AMOUNT, 50_00, "¥50 off for points", stacking="points", valid_days=90
)


def offer(*, at: datetime) -> None:
    """The shelf and the box, as they were set up at a moment; once."""
    if items_on_sale():
        return
    with clock.simulated(at):
        for facts in (PRIZE, REWARD):
            open_template(template=draft_template(facts=facts).pk)
        coupon = template_by_code(REWARD.code)
        for item in (
            ItemFacts("parking", "停车 1 小时", hours=1, name_en="1 hour of parking"),
            ItemFacts("goods", "羊毛衫除球器", points=800, stock=120, limit_customer=1, name_en="Fabric shaver"),
            ItemFacts("goods", "折叠晴雨伞", points=1_500, stock=80, limit_customer=2, name_en="Folding umbrella"),
            ItemFacts("coupon", "50 元券", points=4_500, template=coupon, name_en="¥50 coupon"),
            ItemFacts("goods", "羊绒护理一次", points=3_000, stock=200, name_en="Cashmere care, once"),
        ):
            offer_item(facts=item)
        box = draft_box(
            code=f"box-{at:%Y-%m-%d}",
            name="送别盲盒",
            name_en="Farewell box",
            opens_at=at,
            closes_at=at + timedelta(days=14),
            budget_fen=20_000_00,
            prizes=[
                PrizeFacts("goods", "真丝方巾", 100, "Silk scarf", cost_fen=120_00, stock=40),
                PrizeFacts("coupon", "20 元券", 2_400, "¥20 coupon", template_by_code(PRIZE.code), cost_fen=20_00),
                PrizeFacts("points", "200 积分", 2_500, "200 points", points=200, cost_fen=2_00),
                PrizeFacts("points", "60 积分", 5_000, "60 points", points=60, cost_fen=60),
            ],
        )
        open_box(box=box.pk)
