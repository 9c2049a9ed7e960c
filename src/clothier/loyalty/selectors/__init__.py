"""The questions about points and tiers, by the names other packages ask them."""

from clothier.loyalty.selectors.balances import balance, lots

__all__ = ["balance", "lots"]
