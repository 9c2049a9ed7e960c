"""A draw at the farewell: once a visit, never a losing one, checkable by anybody."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.contracts import Reason
from clothier.loyalty.services import grant
from clothier.rewards.events import BoxDrawn, BoxPrizeClaimed
from clothier.rewards.models import Box, Coupon, Draw, Prize
from clothier.rewards.rules.codes import new_code, normal_code
from clothier.rewards.rules.drawing import ticket, winner
from clothier.rewards.services.boxes import seed_of
from clothier.rewards.services.issuing import issue
from clothier.standards.selectors import document as house_rule


def draw(
    *, box: int, visit: int, choice: int, store: int, customer: int | None = None, actor: int | None = None
) -> Draw:
    """Draw for a visit; a second draw of the same visit is the first one again.

    Should the prize be gone or the budget spent, the house rules' points are given instead: nobody loses. Refused when
    the box is not open, or not in this store.
    """
    if drawn := Draw.objects.filter(visit_id=visit).first():
        return drawn
    if not 1 <= choice <= house_rule("rewards").blind_box.choices:
        raise Refused(_("请选一个盒子"), field="choice")
    try:
        with transaction.atomic():
            return _draw(box, visit, choice, store, customer, actor)
    except IntegrityError:
        # Two phones at once: the other one drew.
        if drawn := Draw.objects.filter(visit_id=visit).first():
            return drawn
        raise


def _draw(box_id: int, visit: int, choice: int, store: int, customer: int | None, actor: int | None) -> Draw:
    now = clock.now()
    # The box is ours until the transaction ends: numbers without gaps, and a budget nobody else spends meanwhile.
    running = Box.objects.filter(pk=box_id, opened_at__isnull=False, opens_at__lte=now, closes_at__gt=now)
    if not running.update(draws=F("draws") + 1):
        raise Refused(_("这个盲盒现在不开放"), field="box")
    box = Box.objects.get(pk=box_id)
    if box.stores and store not in box.stores:
        raise Refused(_("这个盲盒不在这家门店"), field="box")
    prizes = list(box.prizes.order_by("place"))
    number = ticket(seed_of(box), box=box.code, nth=box.draws, choice=choice)
    prize = prizes[winner(number, [one.weight for one in prizes])]
    drawn = Draw(
        box=box,
        nth=box.draws,
        choice=choice,
        ticket=number,
        prize=prize,
        visit_id=visit,
        store_id=store,
        customer_id=customer,
        actor_id=actor,
        code=new_code(),
        drawn_at=now,
    )
    _give(drawn, box, prize)
    drawn.save()
    if drawn.points and customer is not None:
        _grant(drawn, customer, actor)
    event = BoxDrawn(draw_id=drawn.pk, box_id=box.pk, prize_id=prize.pk, visit_id=visit, fallback=drawn.fallback)
    record(event, subject=drawn.ref, customer=customer, store=store, actor=actor)
    return drawn


def claim_prize(*, code: str, customer: int | None = None, actor: int | None = None) -> Draw:
    """Hand goods over, or give the points that waited to whoever became a member. Once; told again it is the same.

    Refused for points without a member, and after the time the house rules give.
    """
    with transaction.atomic():
        drawn = Draw.objects.select_related("prize", "box").filter(code=normal_code(code)).first()
        if drawn is None:
            raise Refused(_("没有这个领奖码"), field="code")
        if drawn.points and drawn.customer_id is None and customer is None:
            raise Refused(_("积分要记在会员名下：请先办理会员"), field="customer")
        whose = drawn.customer_id or customer
        mine = Draw.objects.filter(pk=drawn.pk, claimed_at=None)
        if _over(drawn) or not mine.update(claimed_at=clock.now(), claimed_by=actor, customer_id=whose):
            if drawn.claimed_at is None:
                raise Refused(_("领奖码已经过期"), field="code")
            return drawn
        drawn.customer_id = whose
        if drawn.points and whose is not None:
            _grant(drawn, whose, actor)
        event = BoxPrizeClaimed(draw_id=drawn.pk, box_id=drawn.box_id)
        record(event, subject=drawn.ref, customer=whose, store=drawn.store_id, actor=actor)
        drawn.refresh_from_db()
        return drawn


def _over(drawn: Draw) -> bool:
    return (clock.now() - drawn.drawn_at).total_seconds() > house_rule("rewards").blind_box.claim_within


def _give(drawn: Draw, box: Box, prize: Prize) -> None:
    """Take the prize out of stock and budget, or fall back on points. The box's row is ours."""
    there = prize.stock is None or prize.given < prize.stock
    if there and box.spent_fen + prize.cost_fen <= box.budget_fen and _take(drawn, prize):
        Prize.objects.filter(pk=prize.pk).update(given=F("given") + 1)
        Box.objects.filter(pk=box.pk).update(spent_fen=F("spent_fen") + prize.cost_fen)
        return
    drawn.fallback, drawn.points = True, house_rule("rewards").blind_box.fallback.points


def _take(drawn: Draw, prize: Prize) -> bool:
    """Whether the prize can be given: coupons have limits of their own."""
    if prize.kind == Prize.Kind.COUPON:
        drawn.coupon = _coupon(drawn, prize)
        return drawn.coupon is not None
    drawn.points = prize.points if prize.kind == Prize.Kind.POINTS else 0
    return True


def _coupon(drawn: Draw, prize: Prize) -> Coupon | None:
    """Whose it is where the customer is known; else whoever's who bears its code."""
    try:
        with transaction.atomic():
            return issue(
                template=prize.template_id or 0,
                customer=drawn.customer_id,
                reason="blind_box",
                key=f"draw:{drawn.visit_id}",
                store=drawn.store_id,
                actor=drawn.actor_id,
            )
    except Refused:
        return None


def _grant(drawn: Draw, customer: int, actor: int | None) -> None:
    grant(
        customer=customer,
        points=drawn.points,
        reason=Reason.ACTIVITY,
        key=f"draw:{drawn.pk}",
        reference=str(drawn.ref),
        store=drawn.store_id,
        actor=actor,
    )
    Draw.objects.filter(pk=drawn.pk, claimed_at=None).update(claimed_at=clock.now(), claimed_by=actor)
