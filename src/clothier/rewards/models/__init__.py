"""Rows of rewards, by the names the rest of the package uses."""

from clothier.rewards.models.coupons import STATE_NAMES, Batch, Coupon, CouponStep
from clothier.rewards.models.templates import KIND_NAMES, Template, TemplateDay, TemplateStep

__all__ = ["KIND_NAMES", "STATE_NAMES", "Batch", "Coupon", "CouponStep", "Template", "TemplateDay", "TemplateStep"]
