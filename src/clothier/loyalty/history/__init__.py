"""Points and tiers of the past as arrays, millions at a time: a demo's history, a chain that moves in.

The same rows as the verbs write, for whoever has the tables to himself; nothing here is idempotent.
"""

from clothier.loyalty.history.points import load_points
from clothier.loyalty.history.tiers import load_tiers
from clothier.loyalty.models import Entry, Lot, Membership, TierChange

# What a history fills, and whose indexes may wait until it is told.
TABLES = (Lot, Entry, Membership, TierChange)

__all__ = ["TABLES", "load_points", "load_tiers"]
