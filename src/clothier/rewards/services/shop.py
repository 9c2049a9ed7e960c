"""The rewards shop: points for a thing, collected with a code, called off with every point back in its own lot."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from clothier.bookings import services as bookings
from clothier.bookings.selectors.activities import signed_up
from clothier.customers.selectors import person_of, records_of
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.loyalty import services as loyalty
from clothier.rewards.contracts import CouponState
from clothier.rewards.events import RewardCancelled, RewardCollected, RewardExchanged
from clothier.rewards.models import Coupon, Exchange, Item, ParkingCredit
from clothier.rewards.models.shop import UNDONE
from clothier.rewards.rules.codes import new_code, normal_code
from clothier.rewards.selectors.shelf import undo_until
from clothier.rewards.services.ending import withdraw
from clothier.rewards.services.issuing import issue, since
from clothier.standards.selectors import document as house_rule

# Nothing is handed over the counter: done as soon as it is paid.
AT_ONCE = (Item.Kind.COUPON, Item.Kind.PARKING, Item.Kind.PLACE)


def exchange(*, item: int, customer: int, actor: int | None = None, key: str | None = None) -> Exchange:
    """Spend points on an item. Coupons, parking and places are there at once; goods wait for their code.

    Idempotent by `key`. Refused when it is off the shelf, the last one is taken, the member has had enough of it, or
    the points do not suffice.
    """
    if key and (known := Exchange.objects.select_related("item").filter(key=key).first()):
        return known
    try:
        with transaction.atomic():
            return _exchange(item, customer, actor, key)
    except IntegrityError:
        if key and (known := Exchange.objects.select_related("item").filter(key=key).first()):
            return known
        raise


def _exchange(item_id: int, customer: int, actor: int | None, key: str | None) -> Exchange:
    if person_of(customer) is None:
        raise Refused(_("没有这位顾客"), field="customer")
    item, now = _take(item_id), clock.now()
    mine = Exchange.objects.filter(customer_id__in=records_of(customer), item=item)
    if item.limit_customer and mine.exclude(state__in=UNDONE).count() >= item.limit_customer:
        raise Refused(_("这件礼品您已经兑满了"), field="item")
    row = Exchange.objects.create(
        item=item,
        customer_id=customer,
        points=item.points,
        code=new_code(),
        key=key,
        exchanged_at=now,
        collect_until=now + timedelta(seconds=house_rule("rewards").shop.collect_within),
    )
    loyalty.spend(customer=customer, points=item.points, document=row.ref, actor=actor)
    # The person's points are held now, so of two exchanges at once the second counts the first.
    _within_limits(customer)
    _deliver(row, actor)
    event = RewardExchanged(exchange_id=row.pk, item_id=item.pk, kind=item.kind, points=item.points)
    record(event, subject=row.ref, customer=customer, actor=actor)
    return row


@transaction.atomic
def collect(*, code: str, store: int | None = None, actor: int | None = None) -> Exchange:
    """Hand the thing over to whoever shows the code. Once; told again it is the same. Refused when called off."""
    now = clock.now()
    row = Exchange.objects.select_related("item").filter(code=normal_code(code)).first()
    if row is None:
        raise Refused(_("没有这个领取码，请核对"), field="code")
    waiting = Exchange.objects.filter(pk=row.pk, state=Exchange.State.WAITING)
    if waiting.update(state=Exchange.State.DONE, ended_at=now, ended_by=actor, store_id=store):
        event = RewardCollected(exchange_id=row.pk, item_id=row.item_id)
        record(event, subject=row.ref, customer=row.customer_id, store=store, actor=actor)
    row.refresh_from_db()
    if row.state != Exchange.State.DONE:
        raise Refused(_("这次兑换已经取消，积分已退回"), field="code")
    return row


@transaction.atomic
def cancel_exchange(*, exchange: int, actor: int | None = None, lapsed: bool = False) -> Exchange:
    """Call it off: the points go back to the lots they came from, the thing back on the shelf. Once.

    Refused when goods were collected, or a coupon or parking hour of it was used.
    """
    row = Exchange.objects.select_related("item", "coupon").get(pk=exchange)
    if row.state in UNDONE:
        return row
    state = Exchange.State.LAPSED if lapsed else Exchange.State.CANCELLED
    if row.state == Exchange.State.DONE:
        _take_back(row, actor)
    open_ = Exchange.objects.filter(pk=row.pk, state=row.state)
    if not open_.update(state=state, ended_at=clock.now(), ended_by=actor):
        raise Refused(_("刚刚有人处理了这次兑换，请刷新"))
    Item.objects.filter(pk=row.item_id).update(taken=F("taken") - 1)
    loyalty.give_back(spent_on=row.ref, document=Ref("reward_cancel", row.pk), actor=actor)
    event = RewardCancelled(exchange_id=row.pk, item_id=row.item_id, points=row.points, lapsed=lapsed)
    record(event, subject=row.ref, customer=row.customer_id, actor=actor)
    row.refresh_from_db()
    return row


def undo_exchange(*, exchange: int, customer: int) -> Exchange:
    """A member calls an exchange of their own off. Refused when the house rules' time for it is over: see a colleague.

    Raises Exchange.DoesNotExist for somebody else's.
    """
    row = Exchange.objects.get(pk=exchange, customer_id__in=records_of(customer))
    if row.state not in UNDONE and clock.now() > undo_until(row):
        raise Refused(_("已过可以自己取消的时间，请到店里找同事"))
    return cancel_exchange(exchange=row.pk)


def lapse_due(*, limit: int = 200) -> int:
    """Send back what nobody collected in time; how many. The worker calls it until none is left."""
    over = Exchange.objects.filter(state=Exchange.State.WAITING, collect_until__lte=clock.now())
    late = list(over.order_by("collect_until").values_list("pk", flat=True)[:limit])
    for pk in late:
        cancel_exchange(exchange=pk, lapsed=True)
    return len(late)


def _take(item: int) -> Item:
    """Take one off the shelf and hold the item's row. Raises Refused."""
    there = Q(stock=None) | Q(taken__lt=F("stock"))
    taken = Item.objects.filter(there, pk=item, on_sale=True).update(taken=F("taken") + 1)
    row = Item.objects.filter(pk=item).first()
    if row is None or not row.on_sale:
        raise Refused(_("这件礼品已下架"), field="item")
    if not taken:
        raise Refused(_("这件礼品刚刚兑完"), field="item")
    return row


def _within_limits(customer: int) -> None:
    """What the house rules let one person exchange, this exchange among it. Raises Refused."""
    mine = Exchange.objects.filter(customer_id__in=records_of(customer)).exclude(state__in=UNDONE)
    for limit in house_rule("rewards").shop.a_customer:
        if mine.filter(exchanged_at__gte=since(limit.days)).count() > limit.most:
            told = {"days": limit.days, "most": limit.most}
            raise Refused(_("每 %(days)s 天最多兑换 %(most)s 次") % told, field="item")


def _deliver(row: Exchange, actor: int | None) -> None:
    item = row.item
    if item.kind == Item.Kind.COUPON:
        row.coupon = issue(
            template=item.template_id or 0,
            customer=row.customer_id,
            reason="shop",
            key=f"reward:{row.pk}",
            actor=actor,
        )
    elif item.kind == Item.Kind.PARKING:
        rule = house_rule("rewards").parking
        ParkingCredit.objects.create(
            customer_id=row.customer_id,
            exchange=row,
            reason="shop",
            hours=item.hours,
            granted_at=row.exchanged_at,
            valid_until=row.exchanged_at + timedelta(seconds=rule.good_for),
        )
    elif item.kind == Item.Kind.PLACE:
        row.sign_up_id = _seat(item.activity_id or 0, row, actor)
    if item.kind in AT_ONCE:
        row.state, row.ended_at = Exchange.State.DONE, row.exchanged_at
        row.save(update_fields=["state", "ended_at", "coupon", "sign_up_id"])


def _seat(activity: int, row: Exchange, actor: int | None) -> int:
    """A seat, not a place among those who wait: points are not spent on a hope. Raises Refused."""
    if any(view.activity_id == activity for view, _activity in signed_up(records_of(row.customer_id), limit=100)):
        raise Refused(_("已经报过名了"), field="item")
    signed = bookings.sign_up(activity=activity, customer=row.customer_id, actor=actor, key=f"reward:{row.pk}")
    if signed.state != "seated":
        raise Refused(_("活动已经满员"), field="item")
    return int(signed.pk)


def _take_back(row: Exchange, actor: int | None) -> None:
    """Undo what was there at once, as long as it was not used. Raises Refused."""
    if row.item.kind == Item.Kind.GOODS:
        raise Refused(_("礼品已经领走，不能取消"))
    if row.coupon_id and Coupon.objects.filter(pk=row.coupon_id, state=CouponState.OPEN).exists():
        return withdraw(coupon=row.coupon_id, reason=_("兑换取消"), actor=actor)
    if row.item.kind == Item.Kind.PARKING and ParkingCredit.objects.filter(exchange=row, used=0).delete()[0]:
        return None
    if row.sign_up_id:
        bookings.cancel_sign_up(sign_up=row.sign_up_id, actor=actor)
        return None
    raise Refused(_("已经用过，不能取消"))
