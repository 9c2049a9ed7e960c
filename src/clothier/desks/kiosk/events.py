"""What happens to kiosk screens."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class KioskPaired(Event):
    """A screen may stand in a store from now on. Subject: kiosk."""

    type: ClassVar[str] = "kiosk.paired"


class KioskRevoked(Event):
    """A screen was lost, moved or replaced: its token opens nothing any more."""

    type: ClassVar[str] = "kiosk.revoked"
