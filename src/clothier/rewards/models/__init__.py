"""Rows of rewards, by the names the rest of the package uses."""

from clothier.rewards.models.boxes import Box, Draw, Prize
from clothier.rewards.models.coupons import STATE_NAMES, Batch, Coupon, CouponStep
from clothier.rewards.models.fairness import FairnessCount, FairnessFinding
from clothier.rewards.models.shop import BirthdayGift, Exchange, Item, ParkingCredit, ParkingUse
from clothier.rewards.models.templates import KIND_NAMES, Template, TemplateDay, TemplateStep

__all__ = [
    "KIND_NAMES",
    "STATE_NAMES",
    "Batch",
    "BirthdayGift",
    "Box",
    "Coupon",
    "CouponStep",
    "Draw",
    "Exchange",
    "FairnessCount",
    "FairnessFinding",
    "Item",
    "ParkingCredit",
    "ParkingUse",
    "Prize",
    "Template",
    "TemplateDay",
    "TemplateStep",
]
