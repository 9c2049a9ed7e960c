from datetime import timedelta

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.visits.contracts import PastVisit
from clothier.visits.models import Visit
from clothier.visits.services.past import record_past


def test_visits_of_the_past_are_over_and_told_as_such(cast, saturday):
    came = saturday.now() - timedelta(days=30)
    visit = PastVisit(cast.store.pk, came, came + timedelta(minutes=25), "bought", party_size=2)
    (pk,) = record_past(visits=[visit])
    row = Visit.objects.get(pk=pk)
    assert (row.left_at, row.outcome, row.party_size) == (came + timedelta(minutes=25), "bought", 2)
    entry = Entry.objects.get()
    assert (entry.type, entry.occurred_at, entry.payload) == (
        "visit.recorded", came, {"outcome": "bought", "seconds": 1500},
    )  # fmt: skip


@pytest.mark.parametrize(("lasts", "outcome"), [(-1, "left"), (5, "left"), (-5, "void")])
def test_a_visit_not_over_or_without_an_end_is_refused(cast, saturday, lasts, outcome):
    came = saturday.now() - timedelta(minutes=3)
    ends = came + timedelta(minutes=lasts)
    with pytest.raises(Refused):
        record_past(visits=[PastVisit(cast.store.pk, came, ends, outcome)])
    assert not Visit.objects.exists()
