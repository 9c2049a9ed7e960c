"""The tables of loyalty, by matter."""

from clothier.loyalty.models.campaigns import Campaign
from clothier.loyalty.models.doors import DoorCode, MemberCard, MemberLink
from clothier.loyalty.models.families import Family, FamilyInvitation, FamilyMember, FamilyUse
from clothier.loyalty.models.ledger import KIND_NAMES, REASON_NAMES, Entry, Grant, Lot
from clothier.loyalty.models.standing import Membership, ProgrammeDay, Rereview, TierChange

__all__ = [
    "KIND_NAMES",
    "REASON_NAMES",
    "Campaign",
    "DoorCode",
    "Entry",
    "Family",
    "FamilyInvitation",
    "FamilyMember",
    "FamilyUse",
    "Grant",
    "Lot",
    "MemberCard",
    "MemberLink",
    "Membership",
    "ProgrammeDay",
    "Rereview",
    "TierChange",
]
