"""The questions about customers, by the names other packages ask them."""

from clothier.customers.selectors.cards import card
from clothier.customers.selectors.faces import faces
from clothier.customers.selectors.finding import find
from clothier.customers.selectors.people import by_external, by_identifier, person_of, records_of

__all__ = ["by_external", "by_identifier", "card", "faces", "find", "person_of", "records_of"]
