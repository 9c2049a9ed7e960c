"""What happens to an import."""

from typing import ClassVar

from clothier.eventlog.contracts import Event


class ImportRequested(Event):
    """Somebody confirmed the mapping and wants the file in; a worker takes it from here."""

    type: ClassVar[str] = "import.requested"
    import_id: int
    kind: str
    dry: bool = False


class ImportFinished(Event):
    """The last row is behind us."""

    type: ClassVar[str] = "import.finished"
    import_id: int
    kind: str
    imported: int
    already: int
    rejected: int
