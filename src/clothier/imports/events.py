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


class ImportUndoRequested(Event):
    """Somebody wants what a file brought out of the house again."""

    type: ClassVar[str] = "import.undo_requested"
    import_id: int
    kind: str


class ImportUndone(Event):
    """What an import brought is taken back, but for what has a history of its own by now (`stayed`)."""

    type: ClassVar[str] = "import.undone"
    import_id: int
    kind: str
    orders: int
    lines: int
    customers: int
    stayed: int
