import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.visits import services
from clothier.visits.models import Step


def test_a_slip_is_taken_back_and_told(cast, visit):
    step = services.greet(visit=visit.pk, actor=cast.zhou.pk)
    undone = services.undo(visit=visit.pk, actor=cast.zhou.pk)
    assert (undone.pk, undone.undone_by) == (step.pk, cast.zhou)
    assert Entry.objects.latest("id").payload == {"step": "greeted"}
    again = services.greet(visit=visit.pk, actor=cast.wu.pk)
    assert again.by == cast.wu


def test_undoing_twice_is_once(cast, visit, log):
    step = services.greet(visit=visit.pk, actor=cast.zhou.pk)
    services.undo(visit=visit.pk, step=step.pk, actor=cast.zhou.pk)
    services.undo(visit=visit.pk, step=step.pk, actor=cast.zhou.pk)
    assert log() == ["visit.arrived", "visit.greeted", "visit.step_undone"]


def test_the_same_undo_told_twice_by_a_phone_takes_back_one_step(cast, visit, log):
    services.greet(visit=visit.pk, actor=cast.zhou.pk)
    services.approach(visit=visit.pk, actor=cast.zhou.pk)
    first = services.undo(visit=visit.pk, actor=cast.zhou.pk, key="undo-1")
    assert services.undo(visit=visit.pk, actor=cast.zhou.pk, key="undo-1") == first
    assert list(Step.objects.filter(undone_at=None).values_list("kind", flat=True)) == ["arrived", "greeted"]


def test_after_ten_minutes_a_step_stays(cast, saturday, visit, log):
    services.greet(visit=visit.pk, actor=cast.zhou.pk)
    saturday.advance(601)
    with pytest.raises(Refused, match="十分钟"):
        services.undo(visit=visit.pk, actor=cast.zhou.pk)
    assert log() == ["visit.arrived", "visit.greeted"]


def test_a_farewell_taken_back_opens_the_visit(cast, visit):
    services.leave(visit=visit.pk, outcome="bought", actor=cast.zhou.pk)
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    visit.refresh_from_db()
    assert (visit.left_at, visit.outcome) == (None, "")


def test_a_farewell_stays_when_the_customer_came_again(cast, log):
    first = services.arrive(store=cast.store.pk, customer=41)
    services.leave(visit=first.pk, outcome="left", actor=cast.zhou.pk)
    services.arrive(store=cast.store.pk, customer=41)
    with pytest.raises(Refused, match="再次到店"):
        services.undo(visit=first.pk, actor=cast.zhou.pk)
    assert log() == ["visit.arrived", "visit.left", "visit.arrived"]


def test_an_arrival_by_mistake_makes_the_visit_void(cast, visit):
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    visit.refresh_from_db()
    assert visit.outcome == "void"
    with pytest.raises(Refused):
        services.greet(visit=visit.pk, actor=cast.zhou.pk)


def test_an_arrival_with_steps_after_it_stays(cast, visit):
    arrived = Step.objects.get(kind="arrived")
    services.greet(visit=visit.pk, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="后面"):
        services.undo(visit=visit.pk, step=arrived.pk, actor=cast.zhou.pk)
