"""What happens to coupons, gifts and rewards: ids, fen and points only."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class TemplateOpened(Event):
    """Coupons of a template may be issued from now on."""

    type: ClassVar[str] = "coupon_template.opened"
    template_id: int


class TemplateClosed(Event):
    """No more coupons of a template are issued; what was issued stays good."""

    type: ClassVar[str] = "coupon_template.closed"
    template_id: int


class CouponIssued(Event):
    """A customer, or whoever bears its code, has a coupon. `reason` is a code: segment, birthday, blind_box, shop…"""

    type: ClassVar[str] = "coupon.issued"
    coupon_id: int
    template_id: int
    reason: str = ""
    batch_id: int | None = None


class CouponReserved(Event):
    type: ClassVar[str] = "coupon.reserved"
    coupon_id: int
    template_id: int
    off_fen: int


class CouponReleased(Event):
    """The cart it was reserved for was given up, or the coupon was taken out of it."""

    type: ClassVar[str] = "coupon.released"
    coupon_id: int
    template_id: int


class CouponRedeemed(Event):
    """`offline`: a till took it while it could not ask. `twice`: it had been used already; the loss is borne."""

    type: ClassVar[str] = "coupon.redeemed"
    coupon_id: int
    template_id: int
    off_fen: int
    offline: bool = False
    twice: bool = False


class CouponGivenBack(Event):
    """The sale it was used for was taken back: the coupon may be used again."""

    type: ClassVar[str] = "coupon.given_back"
    coupon_id: int
    template_id: int
    off_fen: int


class CouponExpired(Event):
    type: ClassVar[str] = "coupon.expired"
    coupon_id: int
    template_id: int


class CouponWithdrawn(Event):
    """Somebody took the coupon back, for a reason that is kept with it."""

    type: ClassVar[str] = "coupon.withdrawn"
    coupon_id: int
    template_id: int


class CouponsSentOut(Event):
    """A template's coupons have reached everybody of a segment."""

    type: ClassVar[str] = "coupon_batch.finished"
    batch_id: int
    template_id: int
    issued: int
    skipped: int


class BirthdayGiftGiven(Event):
    type: ClassVar[str] = "birthday_gift.given"
    gift_id: int
    points: int
    coupon_id: int | None = None


class RewardExchanged(Event):
    """Points were spent on something of the rewards shop. Subject: reward."""

    type: ClassVar[str] = "reward.exchanged"
    exchange_id: int
    item_id: int
    kind: str
    points: int


class RewardCollected(Event):
    type: ClassVar[str] = "reward.collected"
    exchange_id: int
    item_id: int


class RewardCancelled(Event):
    """Called off, or not collected in time (`lapsed`): the points are back in their own lots."""

    type: ClassVar[str] = "reward.cancelled"
    exchange_id: int
    item_id: int
    points: int
    lapsed: bool = False


class ParkingUsed(Event):
    """A car drove out with free hours. Subject: customer."""

    type: ClassVar[str] = "parking.used"
    hours: int


class BoxOpened(Event):
    """The odds and the hash of the seed are published; draws begin at the box's time. Subject: box."""

    type: ClassVar[str] = "blind_box.opened"
    box_id: int


class BoxDrawn(Event):
    """A visitor drew at the farewell. `fallback`: the prize drawn was gone, so points were given. Subject: draw."""

    type: ClassVar[str] = "blind_box.drawn"
    draw_id: int
    box_id: int
    prize_id: int
    visit_id: int
    fallback: bool = False


class BoxPrizeClaimed(Event):
    """A prize that waited was handed over, or its points were given to whoever became a member. Subject: draw."""

    type: ClassVar[str] = "blind_box.claimed"
    draw_id: int
    box_id: int


class BoxRevealed(Event):
    """The period is over and the seed is published: every draw can be checked. Subject: box."""

    type: ClassVar[str] = "blind_box.revealed"
    box_id: int
