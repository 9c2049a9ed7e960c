"""What happens to points and tiers. Ids, codes and numbers only."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class PointsEarned(Event):
    """`document` is the number of what it was earned with, whose kind is `source`; `lot_id` holds the points."""

    type: ClassVar[str] = "points.earned"
    lot_id: int
    points: int
    source: str
    document: str


class PointsGranted(Event):
    type: ClassVar[str] = "points.granted"
    grant_id: int
    points: int
    reason: str


class PointsSpent(Event):
    type: ClassVar[str] = "points.spent"
    points: int
    source: str
    document: str


class PointsGivenBack(Event):
    """Points of a spending went back to the lots they came from."""

    type: ClassVar[str] = "points.given_back"
    points: int
    source: str
    document: str


class PointsReversed(Event):
    """Goods came back, and the points they had earned with them."""

    type: ClassVar[str] = "points.reversed"
    points: int
    source: str
    document: str


class PointsExchanged(Event):
    """Goods were changed for others; `points` is the difference, none for another size."""

    type: ClassVar[str] = "points.exchanged"
    points: int
    source: str
    document: str


class PointsExpired(Event):
    type: ClassVar[str] = "points.expired"
    lot_id: int
    points: int


class TierChanged(Event):
    """A person's tier rose or fell; "" is below the first."""

    type: ClassVar[str] = "customer.tier_changed"
    customer_id: int
    was: str
    tier: str


class CampaignSaved(Event):
    """A campaign of points is new or was edited: `percent` of the usual points are earned."""

    type: ClassVar[str] = "points_campaign.saved"
    campaign_id: int
    percent: int


class CampaignStopped(Event):
    type: ClassVar[str] = "points_campaign.stopped"
    campaign_id: int


class MemberPageOpened(Event):
    """A customer opened their own page by a link that a colleague showed."""

    type: ClassVar[str] = "member_page.opened"
    link_id: int


class MemberCodeAsked(Event):
    """A code for a member's own page is to be sent to their phone."""

    type: ClassVar[str] = "member_page.code_asked"
    code_id: int


class MemberSignedIn(Event):
    """A customer opened their own page with the code that was sent to their phone."""

    type: ClassVar[str] = "member_page.signed_in"
    code_id: int


class MemberCardRenewed(Event):
    """A member's code is made with another secret: what a lost phone shows is worth nothing."""

    type: ClassVar[str] = "member_card.renewed"
    customer_id: int


class FamilyInvited(Event):
    type: ClassVar[str] = "points_family.invited"
    family_id: int


class FamilyJoined(Event):
    """Somebody agreed to use points together with a family, by an invitation of one of them."""

    type: ClassVar[str] = "points_family.joined"
    family_id: int
    share: int


class FamilyShareSet(Event):
    """So many of a member's points the others may use a month from now on."""

    type: ClassVar[str] = "points_family.share_set"
    family_id: int
    share: int


class FamilyLeft(Event):
    type: ClassVar[str] = "points_family.left"
    family_id: int
