"""The declarations of personal data (kernel.personal) as somebody reads them: by whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise

from clothier.kernel.personal import CUSTOMER, EMPLOYEE, RELATIVE, Holding, holdings


@dataclass(frozen=True, slots=True)
class Line:
    """`places` are tables with their columns, as the database calls them."""

    holding: Holding
    places: list[str]


def people() -> list[tuple[Promise, list[Line]]]:
    """Each kind of person with what is held about them; tables that say the same stand in one line."""
    return [
        (whose, _lines(one for one in holdings() if one.whose is whose)) for whose in (CUSTOMER, RELATIVE, EMPLOYEE)
    ]


def _lines(found: Iterable[Holding]) -> list[Line]:
    lines: dict[tuple[Promise, Promise], Line] = {}
    for holding in found:
        lines.setdefault((holding.what, holding.why), Line(holding, [])).places.extend(_places(holding))
    return list(lines.values())


def _places(holding: Holding) -> list[str]:
    model = apps.get_model(holding.model)._meta
    columns = [str(model.get_field(name).column) for name in holding.columns]
    return [f"{model.db_table}.{column}" for column in columns] or [model.db_table]
