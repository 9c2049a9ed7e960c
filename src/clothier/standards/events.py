"""What the standards tell the rest of the house."""

from typing import ClassVar

from pydantic import BaseModel

from clothier.eventlog.contracts import Event


class AboutPromise(BaseModel):
    """`subject` is written visit:12; `cycle` counts from 1 and rises with every reopening."""

    promise_id: int
    promise_key: str
    subject: str
    cycle: int = 1


class PromiseBroken(AboutPromise, Event):
    """Time ran out. `late_seconds` is how long after the due time it was noticed (the sweeper's lag)."""

    type: ClassVar[str] = "promise.broken"
    target_seconds: int
    owner_id: int | None = None
    late_seconds: float = 0


class PromiseEscalated(AboutPromise, Event):
    """A rung of the ladder was reached; nobody in `employee_ids` means that nobody of the role could be found."""

    type: ClassVar[str] = "promise.escalated"
    step: int
    role: str
    employee_ids: list[int] = []
    late_seconds: float = 0


class PromiseCorrected(AboutPromise, Event):
    """A fact said late, within the sync window, changed a provisional verdict."""

    type: ClassVar[str] = "promise.corrected"
    outcome: str


class PromiseAcknowledged(AboutPromise, Event):
    type: ClassVar[str] = "promise.acknowledged"
    employee_id: int


class PromiseWaived(AboutPromise, Event):
    type: ClassVar[str] = "promise.waived"
    waiver_id: int


class CadenceOpened(Event):
    """A recurring duty begins: its subject is the store or the chain, due at `due_at` (ISO 8601)."""

    type: ClassVar[str] = "cadence.opened"
    cadence: str
    period: str
    due_at: str


class CadenceCompleted(Event):
    """Somebody ticked a recurring duty off on its own page."""

    type: ClassVar[str] = "cadence.completed"
    promise_id: int
    cadence: str
    store_id: int | None = None


class RulesPublished(Event):
    """A version of a house-rules document will hold from `effective_at` (ISO 8601, UTC)."""

    type: ClassVar[str] = "rules.published"
    document: str
    number: int
    effective_at: str


class RulesAcknowledged(Event):
    type: ClassVar[str] = "rules.acknowledged"
    document: str
    number: int
    employee_id: int


class StoreTargetSet(Event):
    """A store tightened a promise of its own (0 seconds: took that back)."""

    type: ClassVar[str] = "rules.store_target_set"
    promise_key: str
    store_id: int
    seconds: int
