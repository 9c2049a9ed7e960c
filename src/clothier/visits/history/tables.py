"""What a history fills, and whose indexes may wait until it is told."""

from clothier.visits.models import Bell, Fitting, FittingItem, Need, ProposedStyle, Step, Visit

TABLES = (Visit, Step, Need, ProposedStyle, Fitting, FittingItem, Bell)
