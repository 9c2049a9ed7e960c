"""What happens to a case, which is the subject. The house rules' clocks run on these and ask for their fields."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class CaseOpened(Event):
    """Somebody came with something. `holder` is who has the goods, where goods are concerned."""

    type: ClassVar[str] = "case.opened"
    kind: str
    topic: str
    severity: str
    origin: str
    owner_id: int | None = None
    holder: str = ""
    order_id: int | None = None
    thread_id: int | None = None


class CaseReclassified(Event):
    """A person decided what the case is. Promises that are no longer made end with it."""

    type: ClassVar[str] = "case.reclassified"
    kind: str
    topic: str
    severity: str
    complex: bool
    owner_id: int | None = None
    holder: str = ""


class CaseAssigned(Event):
    type: ClassVar[str] = "case.assigned"
    owner_id: int


class CaseReplySent(Event):
    """We wrote to the customer. Only what a human wrote is an answer."""

    type: ClassVar[str] = "case.reply_sent"
    author: str
    note_id: int | None = None


class CaseCalled(Event):
    """We spoke with the customer on the phone. `role` is in which capacity."""

    type: ClassVar[str] = "case.called"
    role: str
    note_id: int | None = None


class CaseCallMissed(Event):
    """We called and did not reach the customer."""

    type: ClassVar[str] = "case.call_missed"
    note_id: int | None = None


class CaseCustomerWrote(Event):
    """A word of the customer. `resumes`: it ended the waiting for them; a vendor's goes on (decision 23)."""

    type: ClassVar[str] = "case.customer_wrote"
    note_id: int | None = None
    resumes: bool = True


class CaseNoted(Event):
    """Something was written for colleagues."""

    type: ClassVar[str] = "case.noted"
    note_id: int


class CaseMarkedComplex(Event):
    type: ClassVar[str] = "case.marked_complex"


class CaseMarkedSerious(Event):
    type: ClassVar[str] = "case.marked_serious"


class CaseSpecialistContacted(Event):
    """Somebody who knows the matter spoke with the customer."""

    type: ClassVar[str] = "case.specialist_contacted"
    note_id: int | None = None


class CaseSolutionOffered(Event):
    """The customer knows what we would do. `role` is in which capacity it was offered."""

    type: ClassVar[str] = "case.solution_offered"
    role: str
    note_id: int | None = None


class CaseWaiting(Event):
    type: ClassVar[str] = "case.waiting"
    waiting_for: str


class CaseResumed(Event):
    type: ClassVar[str] = "case.resumed"


class CaseGoodsHandedOver(Event):
    """Goods left us for the customer or a vendor, or the customer has them yet."""

    type: ClassVar[str] = "case.goods_handed_over"
    holder: str
    handover_id: int | None = None


class CaseGoodsReceived(Event):
    """Goods are in the shop again."""

    type: ClassVar[str] = "case.goods_received"
    handover_id: int | None = None


class CaseFound(Event):
    """What the customer misses was found: `find_id` is the case it was written down in."""

    type: ClassVar[str] = "case.found"
    find_id: int


class CaseLineAdded(Event):
    """Goods were named on the case."""

    type: ClassVar[str] = "case.line_added"
    line_id: int


class CaseLineDescribed(Event):
    """Why this piece came back, or the state of its tag and cloth, was said anew."""

    type: ClassVar[str] = "case.line_described"
    line_id: int


class CasePhotoAdded(Event):
    type: ClassVar[str] = "case.photo_added"
    photo_id: int
    by_customer: bool = False


class CaseCompensationAsked(Event):
    """Above what the giver may give alone: `decider_id`, who has the authority over that sum, says yes or no."""

    type: ClassVar[str] = "case.compensation_asked"
    compensation_id: int
    form: str
    fen: int
    decider_id: int | None = None


class CaseCompensationApproved(Event):
    type: ClassVar[str] = "case.compensation_approved"
    compensation_id: int


class CaseCompensationRefused(Event):
    type: ClassVar[str] = "case.compensation_refused"
    compensation_id: int


class CaseCompensated(Event):
    """Compensation was issued, once."""

    type: ClassVar[str] = "case.compensated"
    compensation_id: int
    form: str
    fen: int


class CaseDone(Event):
    """What we promised to do is done; the customer has yet to say whether it is right."""

    type: ClassVar[str] = "case.done"


class CaseResultAsked(Event):
    """An attempt to hear from the customer whether the result is right."""

    type: ClassVar[str] = "case.result_asked"
    attempt_id: int
    channel: str


class CaseResultConfirmed(Event):
    """The customer says that it is settled."""

    type: ClassVar[str] = "case.result_confirmed"


class CaseReopened(Event):
    """It was not settled after all."""

    type: ClassVar[str] = "case.reopened"


class CaseClosed(Event):
    """`how`: by the customer's confirmation, by the attempts to get it, or because all was done."""

    type: ClassVar[str] = "case.closed"
    how: str


class CaseWithdrawn(Event):
    """The customer took it back."""

    type: ClassVar[str] = "case.withdrawn"


class CaseMerged(Event):
    """It was the same matter as another case, which goes on."""

    type: ClassVar[str] = "case.merged"
    into: int


class CaseLinked(Event):
    type: ClassVar[str] = "case.linked"
    other_id: int
    relation: str


class CaseThreadLinked(Event):
    """A conversation speaks of this case."""

    type: ClassVar[str] = "case.thread_linked"
    thread_id: int


class CaseIdentified(Event):
    """It is known whose case it is: the stranger who wrote is a customer."""

    type: ClassVar[str] = "case.identified"


class CaseCauseSet(Event):
    """What the matter came from, by the key of the house rules' tree."""

    type: ClassVar[str] = "case.cause_set"
    cause: str


class CaseStepUndone(Event):
    """A slip was taken back before it reached anybody: `undone` is its entry; `offered`, `cause` are as before it."""

    type: ClassVar[str] = "case.step_undone"
    step: str
    undone: int
    offered: bool = False
    cause: str = ""


class CaseRated(Event):
    """How satisfied the customer was, from 1 to 5."""

    type: ClassVar[str] = "case.rated"
    score: int


class CaseCardSent(Event):
    """The link to the service card went to the customer; how far it came, the message says. `instead_of`: the channel
    that could not bring it.
    """

    type: ClassVar[str] = "case.card_sent"
    occasion: str
    channel: str
    message_id: int
    instead_of: str = ""


class CaseCardRevoked(Event):
    """Links to the service card that were given out before open nothing any more."""

    type: ClassVar[str] = "case.card_revoked"
