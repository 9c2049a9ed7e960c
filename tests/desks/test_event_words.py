"""A promise may begin with whatever happens at the till; its editor finds each of these events by a name."""

import pytest

from clothier.checkout import events as checkout
from clothier.desks.rulebook.words import EVENTS
from clothier.eventlog.contracts import Event
from clothier.loyalty import events as loyalty
from clothier.payments import events as payments
from clothier.rewards import events as rewards
from clothier.settlement import events as settlement

FAMILIES = {"cart", "order", "receipt", "invoice", "payment", "refund", "coupon", "points", "till", "sale", "return"}


@pytest.mark.parametrize("package", [checkout, loyalty, payments, rewards, settlement])
def test_every_event_of_a_sale_has_a_name_in_the_rulebook(package):
    classes = [one for one in vars(package).values() if isinstance(one, type) and issubclass(one, Event)]
    told = {one.type for one in classes if "type" in vars(one)}
    asked = {type_ for type_ in told if type_.split(".")[0] in FAMILIES}
    assert asked
    assert asked - set(EVENTS) == set()
