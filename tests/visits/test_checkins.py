import pytest

from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.selectors import card
from clothier.customers.services import register
from clothier.eventlog import deliveries
from clothier.kernel.errors import Refused
from clothier.visits import services
from clothier.visits.models import Visit


@pytest.fixture
def lin(cast):
    identifiers = [NewIdentifier(Kind.MEMBER, "M0001888", verified=True), NewIdentifier(Kind.PLATE, "沪A88888")]
    return register(name="林知夏", identifiers=identifiers, store=cast.store.pk)


@pytest.mark.parametrize(
    ("kind", "value", "via"), [("member", "m0001888", "member_code"), ("plate", "沪a·88888", "plate")]
)
def test_a_known_identifier_brings_its_customer_in(cast, lin, kind, value, via):
    visit = services.check_in(store=cast.store.pk, kind=kind, value=value)
    assert (visit.customer_id, visit.via) == (lin, via)


@pytest.mark.parametrize(("kind", "value"), [("member", "M9999999"), ("member", ""), ("soul", "x")])
def test_nobody_known_by_it_is_told_next_to_the_field(cast, lin, kind, value, log):
    with pytest.raises(Refused) as refused:
        services.check_in(store=cast.store.pk, kind=kind, value=value)
    assert (refused.value.field, Visit.objects.count()) == ("value", 0)


def test_the_profile_counts_the_visit_once(cast, lin):
    visit = services.check_in(store=cast.store.pk, kind="member", value="M0001888")
    services.open_fitting(visit=visit.pk, actor=cast.zhou.pk)
    deliveries.run_due()
    deliveries.run_due()
    seen = card(cast.viewer(cast.zhou), lin)
    assert (seen.visits, seen.last_visit_at) == (1, visit.arrived_at)
