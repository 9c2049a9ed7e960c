"""The thresholds of the value layers as the house rules have them now."""

from clothier.customers.rules.layers import Thresholds


def thresholds() -> Thresholds:
    return Thresholds()
