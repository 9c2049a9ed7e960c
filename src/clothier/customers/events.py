"""What happens to customers. Ids, codes and numbers only."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class CustomerRegistered(Event):
    type: ClassVar[str] = "customer.registered"
    customer_id: int
    source: str


class RecordWithdrawn(Event):
    """A record that an import brought was taken back with it."""

    type: ClassVar[str] = "customer.withdrawn"
    customer_id: int
    import_id: int


class IdentifierLinked(Event):
    type: ClassVar[str] = "customer.identifier_linked"
    customer_id: int
    identifier_id: int
    kind: str
    verified: bool


class IdentifierRemoved(Event):
    type: ClassVar[str] = "customer.identifier_removed"
    customer_id: int
    identifier_id: int
    kind: str


class RecordsLinked(Event):
    type: ClassVar[str] = "customer.linked"
    link_id: int
    a_id: int
    b_id: int
    rule: str


class LinkRevoked(Event):
    type: ClassVar[str] = "customer.link_revoked"
    link_id: int
    a_id: int
    b_id: int


class DuplicateFound(Event):
    type: ClassVar[str] = "customer.duplicate_found"
    duplicate_id: int
    origin: str


class DuplicateDecided(Event):
    type: ClassVar[str] = "customer.duplicate_decided"
    duplicate_id: int
    state: str


class FactRecorded(Event):
    type: ClassVar[str] = "customer.fact_recorded"
    fact_id: int
    field: str
    source: str


class FactWithdrawn(Event):
    type: ClassVar[str] = "customer.fact_withdrawn"
    fact_id: int
    field: str


class FactRestored(Event):
    type: ClassVar[str] = "customer.fact_restored"
    fact_id: int
    field: str


class Corrected(Event):
    type: ClassVar[str] = "customer.corrected"
    customer_id: int
    fields: list[str]


class WearerAdded(Event):
    type: ClassVar[str] = "customer.wearer_added"
    wearer_id: int
    relation: str


class WearerRemoved(Event):
    type: ClassVar[str] = "customer.wearer_removed"
    wearer_id: int


class LayerChanged(Event):
    type: ClassVar[str] = "customer.layer_changed"
    customer_id: int
    was: str
    layer: str


class Exported(Event):
    type: ClassVar[str] = "customer.exported"
    customer_id: int


class ErasureRequested(Event):
    type: ClassVar[str] = "customer.erasure_requested"
    erasure_id: int


class ErasureCancelled(Event):
    type: ClassVar[str] = "customer.erasure_cancelled"
    erasure_id: int


class CustomerErased(Event):
    type: ClassVar[str] = "customer.erased"
    customer_id: int
    record_ids: list[int]


class ConsentGiven(Event):
    type: ClassVar[str] = "consent.given"
    consent_id: int
    purpose: str
    channel: str
    data_class: str


class ConsentWithdrawn(Event):
    type: ClassVar[str] = "consent.withdrawn"
    consent_id: int
    purpose: str
    channel: str
    data_class: str


class NoteWritten(Event):
    type: ClassVar[str] = "note.written"
    note_id: int
    template: str
    visit_id: int | None = None


class TagAdded(Event):
    type: ClassVar[str] = "tag.added"
    tag_id: int
    origin: str


class TagRemoved(Event):
    type: ClassVar[str] = "tag.removed"
    tag_id: int
    origin: str


class TagSaved(Event):
    """A word of the vocabulary is new or worded anew. `rule`: it puts itself on and takes itself off."""

    type: ClassVar[str] = "tag.saved"
    tag_id: int
    rule: bool


class TagRetired(Event):
    """Nobody gets this tag any more and no page shows it, until it is restored."""

    type: ClassVar[str] = "tag.retired"
    tag_id: int


class TagRestored(Event):
    type: ClassVar[str] = "tag.restored"
    tag_id: int
    rule: bool


class SegmentSaved(Event):
    type: ClassVar[str] = "segment.saved"
    segment_id: int
    number: int
