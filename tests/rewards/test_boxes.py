import hashlib
import hmac
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.selectors import balance
from clothier.rewards import services
from clothier.rewards.models import Box, Draw, Prize
from clothier.rewards.rules.drawing import ticket, winner
from clothier.rewards.selectors import check, draw_by_code, odds, open_box
from clothier.rewards.services import PrizeFacts

SCARF = PrizeFacts("goods", "真丝方巾", 1, cost_fen=80_00, stock=1)
THANKS = PrizeFacts("points", "100 积分", 9_999, points=100, cost_fen=1_00)


@pytest.fixture
def box_of(cast):
    def make(*prizes: PrizeFacts, budget_fen: int = 1000_00, **more) -> Box:
        now = clock.now()
        facts = {"code": "autumn", "name": "秋日盲盒", "opens_at": now, "closes_at": now + timedelta(days=7)}
        box = services.draft_box(**{**facts, **more}, budget_fen=budget_fen, prizes=prizes or (SCARF, THANKS))
        return services.open_box(box=box.pk, actor=cast.gao.pk)

    return make


def draw(box, cast, visit=1, choice=3, **more) -> Draw:
    return services.draw(box=box.pk, visit=visit, choice=choice, store=cast.store.pk, **more)


def test_a_visit_draws_once_and_a_member_has_the_points(box_of, cast, lin):
    box = box_of(PrizeFacts("points", "100 积分", 10_000, points=100))
    first = draw(box, cast, customer=lin)
    assert draw(box, cast, choice=5, customer=lin).pk == first.pk
    assert (first.nth, Box.objects.get().draws, balance(lin).available) == (1, 1, 100)


def test_anybody_can_work_a_draw_out_again_with_ten_lines(box_of, cast, saturday):
    box = box_of()
    drawn = draw(box, cast, choice=4)
    assert check(box, nth=1, choice=4) is None
    saturday.advance(8 * 86_400)
    assert services.reveal_due() == 1
    box.refresh_from_db()
    assert (box.safe, box.safe_key) == ("", None)
    assert hashlib.sha256(box.seed.encode()).hexdigest() == box.seed_hash
    mac = hmac.new(box.seed.encode(), b"autumn/1/4", hashlib.sha256).hexdigest()
    assert int(mac[:12], 16) % 10_000 == drawn.ticket
    found = check(box, nth=1, choice=4)
    assert (found.ticket, found.prize, found.hash_agrees) == (drawn.ticket, drawn.prize, True)
    assert services.reveal_due() == 0


def test_the_seed_is_nowhere_to_be_read_before_the_end(box_of):
    box = box_of()
    assert (box.seed, len(box.seed_hash)) == ("", 64)
    again = services.open_box(box=box.pk)
    assert again.seed_hash == box.seed_hash


def test_nobody_loses_when_the_prize_is_gone_or_the_budget_spent(box_of, cast, lin):
    box = box_of(PrizeFacts("goods", "方巾", 10_000, cost_fen=80_00, stock=1), budget_fen=200_00)
    one, two = draw(box, cast, visit=1), draw(box, cast, visit=2, customer=lin)
    assert (one.fallback, two.fallback, two.points, balance(lin).available) == (False, True, 50, 50)
    poor = box_of(THANKS, PrizeFacts("goods", "大奖", 1, cost_fen=1), code="poor", budget_fen=0)
    assert draw(poor, cast, visit=3).fallback
    assert Box.objects.get(code="poor").spent_fen == 0


def test_a_coupon_won_is_the_members_own_or_the_bearers(box_of, kind_of, cast, lin):
    kind = kind_of(limit_total=2)
    box = box_of(PrizeFacts("coupon", "五十元券", 10_000, template=kind.pk, cost_fen=50_00))
    mine, bearers, late = (draw(box, cast, visit=n, customer=who) for n, who in enumerate([lin, None, None]))
    assert (mine.coupon.customer_id, bearers.coupon.customer_id) == (lin, None)
    assert (late.coupon, late.fallback) == (None, True)
    assert Box.objects.get().spent_fen == 100_00


def test_a_strangers_points_wait_for_a_member(box_of, cast, lin, saturday):
    drawn = draw(box_of(PrizeFacts("points", "100 积分", 10_000, points=100)), cast)
    assert draw_by_code(drawn.code.lower()).pk == drawn.pk
    with pytest.raises(Refused):
        services.claim_prize(code=drawn.code)
    for _ in range(2):
        assert services.claim_prize(code=drawn.code, customer=lin).customer_id == lin
    assert balance(lin).available == 100
    other = draw(Box.objects.get(), cast, visit=2)
    saturday.advance(31 * 86_400)
    with pytest.raises(Refused):
        services.claim_prize(code=other.code, customer=lin)


def test_goods_are_handed_over_once(box_of, cast):
    drawn = draw(box_of(PrizeFacts("goods", "方巾", 10_000)), cast)
    first = services.claim_prize(code=drawn.code, actor=cast.zhou.pk)
    again = services.claim_prize(code=drawn.code, actor=cast.wu.pk)
    assert (first.claimed_by, again.claimed_by) == (cast.zhou.pk, cast.zhou.pk)


def test_odds_add_up_or_the_box_is_not_drafted(box_of):
    for weights in ((5_000, 4_999), (10_000, 0)):
        with pytest.raises(Refused):
            box_of(*(PrizeFacts("goods", "方巾", weight) for weight in weights))
    box = box_of(PrizeFacts("goods", "方巾", 250), PrizeFacts("points", "积分", 9_750, points=1))
    assert [(odd.first, odd.last, odd.percent) for odd in odds(box)] == [(0, 249, "2.5"), (250, 9_999, "97.5")]


def test_a_box_is_open_in_its_time_and_its_stores(box_of, cast, saturday):
    box = box_of(stores=[cast.store.pk], bought_only=True)
    assert open_box(cast.store.pk, bought=True) == box
    assert open_box(cast.store.pk, bought=False) is None
    assert open_box(cast.other_store.pk, bought=True) is None
    with pytest.raises(Refused):
        services.draw(box=box.pk, visit=1, choice=1, store=cast.other_store.pk)
    with pytest.raises(Refused):
        draw(box, cast, choice=7)
    saturday.advance(8 * 86_400)
    with pytest.raises(Refused):
        draw(box, cast)
    assert (Draw.objects.count(), Box.objects.get().draws) == (0, 0)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20))
def test_every_ticket_wins_and_each_prize_has_its_share(weights):
    weights = [*weights, 10_000 - sum(weights)]
    won = [0] * len(weights)
    for number in range(10_000):
        won[winner(number, weights)] += 1
    assert won == weights


def test_tickets_are_even():
    found = [ticket("a seed", box="b", nth=nth, choice=1 + nth % 6) for nth in range(20_000)]
    tenths = [sum(lot // 1000 == tenth for lot in found) for tenth in range(10)]
    # Two thousand each, give or take what chance does once in a million (42 × √(1 − 0.1), five deviations).
    assert all(abs(count - 2_000) < 212 for count in tenths)


def test_prizes_keep_their_order(box_of):
    assert list(Prize.objects.filter(box=box_of()).values_list("name", flat=True)) == ["真丝方巾", "100 积分"]
