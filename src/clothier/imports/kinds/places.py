"""Stores and staff as files name them."""

from clothier.imports.contracts import CellRefused, gettext_noop
from clothier.imports.rules import values
from clothier.kernel.access import SYSTEM
from clothier.places.selectors import stores_for
from clothier.staff.selectors import employees_for


class Stores:
    """The chain's stores by code or name; an empty cell means the store chosen for the whole file, if any."""

    def __init__(self, usual: str) -> None:
        self._known: dict[str, int] = {}
        for pk, code, name, english in stores_for(SYSTEM).values_list("pk", "code", "name", "name_en"):
            self._known |= {word.lower(): pk for word in (code, name, english) if word}
        self._usual = self._find(usual) if usual else None

    def id_of(self, cell: str) -> int | None:
        """Raises CellRefused for a store nobody knows."""
        name = values.code(cell) if cell else ""
        return self._find(name) if name else self._usual

    def _find(self, name: str) -> int:
        found = self._known.get(name.lower())
        if found is None:
            raise CellRefused(gettext_noop("没有编码或名称为“%(text)s”的门店"), text=name)
        return found


class Staff:
    """The chain's people by number; who has left or was never here is nobody."""

    def __init__(self) -> None:
        self._known = {number.lower(): pk for pk, number in employees_for(SYSTEM).values_list("pk", "number")}

    def id_of(self, cell: str) -> int | None:
        return self._known.get(values.code(cell).lower()) if cell else None
