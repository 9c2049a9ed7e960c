"""The declarations of personal data (kernel.personal) as somebody reads them: by whose they are."""

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.utils.translation import get_language

from clothier.kernel.personal import CUSTOMER, EMPLOYEE, RELATIVE, Holding, holdings


class Line:
    """One or several declarations that say the same, in words; `places` are tables with their columns, as the database
    calls them.
    """

    def __init__(self, one: Holding) -> None:
        self.what, self.why, self.basis = str(one.what), str(one.why), str(one.basis)
        self.kept, self.readers = str(one.kept), str(one.readers)
        self.term, self.reads, self.sealed, self.sensitive = one.term, one.reads, one.sealed, one.sensitive
        self.places: list[str] = []


def people() -> list[tuple[str, list[Line]]]:
    """Each kind of person with what is held about them; tables that say the same stand in one line."""
    return _people(get_language())


# Declared when the program starts; nothing changes it afterwards.
@cache
def _people(_language: str | None) -> list[tuple[str, list[Line]]]:
    return [
        (str(whose), _lines(one for one in holdings() if one.whose is whose))
        for whose in (CUSTOMER, RELATIVE, EMPLOYEE)
    ]


def _lines(found: Iterable[Holding]) -> list[Line]:
    lines: dict[tuple[str, str], Line] = {}
    for one in found:
        line = Line(one)
        lines.setdefault((line.what, line.why), line).places.extend(_places(one))
    return list(lines.values())


def _places(holding: Holding) -> list[str]:
    model = apps.get_model(holding.model)._meta
    columns = [str(model.get_field(name).column) for name in holding.columns]
    return [f"{model.db_table}.{column}" for column in columns] or [model.db_table]
