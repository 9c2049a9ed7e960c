"""What the lines of one stream refer to, asked for a batch at a time and remembered to the end of the stream."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from clothier.api.v1.lines import ArrivalLine, BadLine, OrderLine
from clothier.catalog.selectors import sku_ids
from clothier.customers.selectors import by_identifiers, people_of
from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for, zones_for


class Known:
    """The stores, zones, customers and articles that a machine's key reaches."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.stores = dict(stores_for(viewer).values_list("code", "pk"))
        self.skus: dict[str, int | None] = {}
        self._zones: dict[int, dict[str, int]] = {}
        self._people: dict[int, int | None] = {}
        self._holders: dict[tuple[str, str], int | None] = {}

    def learn(self, lines: Iterable[ArrivalLine | OrderLine]) -> None:
        """Ask for everything these lines name that was not asked for before: at most four queries."""
        people, holders, codes = set[int](), set[tuple[str, str]](), set[str]()
        for line in lines:
            if line.identifier:
                holders.add((line.identifier.kind, line.identifier.value))
            elif line.customer:
                people.add(line.customer)
            if isinstance(line, OrderLine):
                codes.update(one.code for one in line.lines)
        if people := people - self._people.keys():
            self._people |= dict.fromkeys(people) | people_of(people)
        if holders := holders - self._holders.keys():
            self._holders |= dict.fromkeys(holders) | by_identifiers(holders)
        if codes := codes - self.skus.keys():
            self.skus |= dict.fromkeys(codes) | sku_ids(codes)

    def customer(self, line: ArrivalLine | OrderLine) -> int | None:
        """The customer's number, None for nobody in particular. Raises BadLine for somebody unknown."""
        if line.identifier:
            found = self._holders[line.identifier.kind, line.identifier.value]
            if found is None:
                raise BadLine(_("没有人有这个标识"))
            return found
        if line.customer and self._people[line.customer] is None:
            raise BadLine(_("没有这位顾客"))
        return line.customer

    def zone(self, store: int, code: str) -> int | None:
        if store not in self._zones:
            self._zones[store] = dict(zones_for(self.viewer, store=store).values_list("code", "pk"))
        return self._zones[store].get(code)
