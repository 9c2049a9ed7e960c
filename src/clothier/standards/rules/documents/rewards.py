"""What customers are given: coupons at the till, birthday gifts, parking, the rewards shop, the blind box."""

from pydantic import Field

from clothier.standards.rules.documents.base import Document, Key, Part, Percent, Text
from clothier.standards.rules.durations import Fen, Seconds


class OfflineCoupons(Part):
    """What a till may take while it cannot ask: the most one coupon takes off, how many a day, told how soon.

    Two tills that are both offline may take the same coupon; these figures bound what that can cost.
    """

    most_off: Fen
    a_till_a_day: int = Field(ge=0)
    told_within: Seconds


class CustomerLimit(Part):
    """At most so many for one person within so many days of the shop, today being one of them."""

    days: int = Field(ge=1, le=400)
    most: int = Field(ge=1)


class Coupons(Part):
    """`reserved_for`: how long a cart holds one. `given_back_for`: how long one given back is good for at least.

    `a_customer` bounds what one person is given of all kinds together; what is owed for one of the reasons `owed` (an
    apology, points spent) is neither bounded nor counted.
    """

    reserved_for: Seconds
    given_back_for: Seconds
    offline: OfflineCoupons
    a_customer: tuple[CustomerLimit, ...] = ()
    owed: tuple[Key, ...] = ()


class BirthdayGift(Part):
    """Once a year, in the month of the birthday: points, a coupon of this code where there is one, or goods in words.

    Only tiers with this benefit get it; "" gives it to every member.
    """

    gift: Text
    points: int = Field(ge=0)
    coupon: str = ""
    benefit: str = ""


class Parking(Part):
    """Hours a member may take for points at once, and how long they are good for. loyalty says what an hour costs."""

    hours_at_once: int = Field(ge=1)
    good_for: Seconds


class Shop(Part):
    """`collect_within`: what is not collected by then goes back on the shelf, and the points to the member.

    `undo_within`: how long members may call an exchange off by themselves. `a_customer` bounds one person's exchanges.
    """

    collect_within: Seconds
    undo_within: Seconds = 86_400
    a_customer: tuple[CustomerLimit, ...] = ()


class FallbackPrize(Part):
    """What a box gives when the prize drawn is gone or the budget is spent: points, always at hand."""

    name: Text
    points: int = Field(ge=1)


class BlindBox(Part):
    """`choices`: among how many closed boxes the customer picks. `claim_within`: how long a stranger's prize waits."""

    choices: int = Field(ge=2, le=12)
    fallback: FallbackPrize
    claim_within: Seconds


class Fairness(Part):
    """When like customers count as treated unlike: of at least `least_people`, a share between the two got something.

    `grounds` are the reasons that explain themselves: a birthday, points spent, a prize drawn.
    """

    window_days: int = Field(ge=1)
    least_people: int = Field(ge=2)
    low_share: Percent
    high_share: Percent
    grounds: tuple[Key, ...] = ()


class Rewards(Document):
    coupons: Coupons
    birthday: BirthdayGift
    parking: Parking
    shop: Shop
    blind_box: BlindBox
    fairness: Fairness
