"""What happens in a visit. The last word of a `visit.` type is also the name of its step."""

from typing import ClassVar, Literal

from clothier.eventlog.contracts import Event


class VisitArrived(Event):
    """Somebody came in. Subject: visit."""

    type: ClassVar[str] = "visit.arrived"
    via: str
    party_size: int = 1
    appointment_id: int | None = None


class VisitIdentified(Event):
    """A visitor who came in unknown gave a member code. Subject: visit; the customer is on the entry."""

    type: ClassVar[str] = "visit.identified"


class VisitGreeted(Event):
    """The visitor was welcomed."""

    type: ClassVar[str] = "visit.greeted"


class VisitStopped(Event):
    """The customer stopped in a zone, or asked for somebody."""

    type: ClassVar[str] = "visit.stopped"
    zone_id: int | None = None
    asked: bool = False


class VisitApproached(Event):
    """An associate took the visitor on."""

    type: ClassVar[str] = "visit.approached"


class VisitNeedRecorded(Event):
    """What the visitor is looking for was understood."""

    type: ClassVar[str] = "visit.need_recorded"
    occasion: str = ""
    category: str = ""
    wearer: str = ""
    budget_fen: int | None = None


class VisitProposed(Event):
    """Styles were shown to the visitor."""

    type: ClassVar[str] = "visit.proposed"
    style_ids: tuple[int, ...]


class VisitAidOffered(Event):
    """Help beyond clothes: heavy bags, elderly, children, mobility."""

    type: ClassVar[str] = "visit.aid_offered"
    kind: str


class VisitZoneEntered(Event):
    """A stay in a zone, told when it is over: `dwell_seconds` is how long it lasted."""

    type: ClassVar[str] = "visit.zone_entered"
    zone_id: int
    dwell_seconds: int


class VisitLeft(Event):
    """The visit is over. `served`: somebody (`served_by`) had approached; `known`: there is a profile to write into."""

    type: ClassVar[str] = "visit.left"
    outcome: Literal["bought", "left"]
    served: bool
    known: bool = False
    served_by: int | None = None


class VisitRecorded(Event):
    """A whole visit of the past was recorded from a file: no promise runs on it. It lasted `seconds`."""

    type: ClassVar[str] = "visit.recorded"
    outcome: Literal["bought", "left"]
    seconds: int


class VisitStepUndone(Event):
    """A step was a slip of the thumb: `step` is "greeted", "approached", "left" …"""

    type: ClassVar[str] = "visit.step_undone"
    step: str


class BellRung(Event):
    """A customer calls. Subject: bell. `wish` is set when it asks for another size or colour of `sku_id`."""

    type: ClassVar[str] = "bell.rung"
    source: Literal["fitting_room", "kiosk", "qr"]
    zone_id: int | None = None
    visit_id: int | None = None
    room_id: int | None = None
    wish: str = ""
    sku_id: int | None = None


class BellAnswered(Event):
    """Somebody is on the way to a call."""

    type: ClassVar[str] = "bell.answered"
    source: str
    visit_id: int | None = None


class BellCancelled(Event):
    """The customer needs nobody any more: said so, or left."""

    type: ClassVar[str] = "bell.cancelled"
    source: str
    visit_id: int | None = None


class FittingOpened(Event):
    """A visitor went to try on."""

    type: ClassVar[str] = "fitting.opened"
    visit_id: int
    room_id: int | None = None


class FittingItemBrought(Event):
    """A piece was brought to the room; what came of it follows as fitting.item_tried."""

    type: ClassVar[str] = "fitting.item_brought"
    visit_id: int
    sku_id: int


class FittingItemTried(Event):
    """What came of a piece; a later event for the same piece corrects an earlier one."""

    type: ClassVar[str] = "fitting.item_tried"
    visit_id: int
    sku_id: int
    outcome: str
    reason: str = ""


class FittingClosed(Event):
    """The fitting is over."""

    type: ClassVar[str] = "fitting.closed"
    visit_id: int
    items: int
    kept: int
    rating: int | None = None


class TaskRaised(Event):
    """Something to prepare or do. `scene` is the house rule that raised it, empty when a person did."""

    type: ClassVar[str] = "task.raised"
    scene: str = ""
    code: str = ""


class TaskDone(Event):
    """A task was ticked."""

    type: ClassVar[str] = "task.done"
    scene: str = ""
    code: str = ""


class TaskReopened(Event):
    """A tick was taken back."""

    type: ClassVar[str] = "task.reopened"
