import pytest

from clothier.customers.services import merge, register, save_segment
from clothier.kernel.errors import Refused
from clothier.rewards import services
from clothier.rewards.models import Batch, Coupon, Template
from clothier.rewards.services import batches

EVERYBODY = {"kind": "all", "of": []}


@pytest.fixture
def people(lin) -> list[int]:
    return [lin, *(register(name=f"顾客{n}", source="store") for n in range(4))]


@pytest.fixture
def regulars(people) -> int:
    return save_segment(name="常客", condition=EVERYBODY)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(batches, "PIECE", 2)


def send(kind: Template, segment: int, **more) -> Batch:
    return services.issue_to_segment(template=kind.pk, segment=segment, reason="换季", key="autumn", **more)


def work() -> int:
    rounds = 0
    while services.work_once():
        rounds += 1
    return rounds


def told(batch: Batch) -> tuple[str, int, int]:
    batch.refresh_from_db()
    return batch.state, batch.issued, batch.skipped


def test_everybody_of_a_segment_gets_one_piece_by_piece(kind_of, people, regulars):
    batch = send(kind_of(), regulars)
    assert (send(kind_of("other"), regulars).pk, batch.expected) == (batch.pk, 5)
    assert work() == 3
    assert told(batch) == ("done", 5, 0)
    assert sorted(Coupon.objects.values_list("customer_id", flat=True)) == people
    assert Coupon.objects.values("code").distinct().count() == 5


def test_it_goes_on_where_it_stopped(kind_of, regulars):
    batch = send(kind_of(), regulars)
    services.work_once()
    stale = Batch.objects.get(pk=batch.pk)
    stale.reached = 0
    # A worker that looked before the checkpoint moved does nothing.
    assert batches._piece(stale) == 0
    work()
    assert told(batch) == ("done", 5, 0)


def test_who_has_had_enough_on_whichever_record_is_skipped(kind_of, people, regulars):
    kind = kind_of(limit_customer=1)
    services.issue(template=kind.pk, customer=people[4], reason="goodwill")
    merge(a=people[0], b=people[4])
    batch = send(kind, regulars)
    work()
    assert told(batch) == ("done", 3, 1)
    assert Template.objects.get(pk=kind.pk).issued == 4


def test_it_stops_with_the_last_coupon(kind_of, regulars):
    kind = kind_of(limit_total=3)
    batch = send(kind, regulars)
    work()
    assert told(batch) == ("stopped", 3, 0)
    assert batch.problem
    assert Template.objects.get(pk=kind.pk).issued == 3


def test_a_template_closed_meanwhile_stops_it(kind_of, regulars):
    kind = kind_of()
    batch = send(kind, regulars)
    services.work_once()
    services.close_template(template=kind.pk, reason="算错了")
    work()
    assert told(batch) == ("stopped", 2, 0)


def test_a_stopped_batch_takes_nothing_back(kind_of, regulars):
    batch = send(kind_of(), regulars)
    services.work_once()
    services.stop_batch(batch=batch.pk)
    assert work() == 0
    assert told(batch) == ("stopped", 2, 0)
    assert Coupon.objects.filter(state="open").count() == 2


def test_it_needs_a_reason_and_a_segment(kind_of, regulars):
    kind = kind_of()
    with pytest.raises(Refused):
        services.issue_to_segment(template=kind.pk, segment=regulars, reason=" ")
    with pytest.raises(Refused):
        services.issue_to_segment(template=kind.pk, segment=987_654, reason="换季")
