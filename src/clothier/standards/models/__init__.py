"""The rows of the standards."""

from clothier.standards.models.promises import (
    Acknowledgement,
    CadenceTurn,
    ClockEvent,
    Promise,
    Timer,
    Verdict,
    Waiver,
)
from clothier.standards.models.rulebook import (
    CalendarVersion,
    Edition,
    PromiseVersion,
    RulesAcknowledgement,
    RulesVersion,
    StoreTarget,
)

__all__ = [
    "Acknowledgement",
    "CadenceTurn",
    "CalendarVersion",
    "ClockEvent",
    "Edition",
    "Promise",
    "PromiseVersion",
    "RulesAcknowledgement",
    "RulesVersion",
    "StoreTarget",
    "Timer",
    "Verdict",
    "Waiver",
]
