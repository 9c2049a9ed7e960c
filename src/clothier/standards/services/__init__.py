"""Verbs of the standards."""

from clothier.standards.services.cadencing import complete_cadence, next_cadence, open_cadences
from clothier.standards.services.publishing import (
    acknowledge_rules,
    discard_draft,
    publish,
    restore_shipped,
    roll_back,
    save_draft,
    tighten,
)
from clothier.standards.services.repairing import repair
from clothier.standards.services.sweeping import next_due, sweep, sweep_once
from clothier.standards.services.taking_on import acknowledge
from clothier.standards.services.trial import wait_too
from clothier.standards.services.waiving import ask_waiver, decide_waiver
from clothier.standards.services.wording import draft_promise, draft_without

__all__ = [
    "acknowledge",
    "acknowledge_rules",
    "ask_waiver",
    "complete_cadence",
    "decide_waiver",
    "discard_draft",
    "draft_promise",
    "draft_without",
    "next_cadence",
    "next_due",
    "open_cadences",
    "publish",
    "repair",
    "restore_shipped",
    "roll_back",
    "save_draft",
    "sweep",
    "sweep_once",
    "tighten",
    "wait_too",
]
