from datetime import timedelta

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.standards.models import Promise
from clothier.standards.services import sweep
from clothier.visits import services
from clothier.visits.models import Bell, Fitting, FittingItem, Room

COAT_M, COAT_L = 701, 702


@pytest.fixture
def room(cast):
    return Room.objects.create(store=cast.store, zone=cast.coats, number="2")


@pytest.fixture
def fitting(cast, visit, room):
    return services.open_fitting(visit=visit.pk, room=room.pk, actor=cast.zhou.pk)


def test_a_bell_in_a_fitting_room_knows_the_zone_and_the_visit(cast, visit, room, fitting):
    bell = services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk, wish="larger", sku=COAT_M)
    assert Entry.objects.get(type="bell.rung").payload == {
        "source": "fitting_room",
        "zone_id": cast.coats.pk,
        "visit_id": visit.pk,
        "room_id": room.pk,
        "wish": "larger",
        "sku_id": COAT_M,
    }
    assert bell.answered_at is None


def test_an_impatient_finger_rings_once(cast, room, log):
    first = services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk)
    again = services.ring_bell(store=cast.store.pk, source="qr", room=room.pk, wish="smaller")
    first.refresh_from_db()
    assert (again, first.wish, log()) == (first, "smaller", ["bell.rung"])


def test_the_first_to_answer_goes_and_the_second_is_thanked(cast, saturday, room, qian, log):
    bell = services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk)
    saturday.advance(40)
    services.answer_bell(bell=bell.pk, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="周敏 已经去了"):
        services.answer_bell(bell=bell.pk, actor=qian.pk)
    bell.refresh_from_db()
    assert (bell.answered_by, (bell.answered_at - bell.rung_at).total_seconds()) == (cast.zhou, 40)
    assert log() == ["bell.rung", "bell.answered"]
    assert services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk) != bell


def test_a_room_of_another_store_does_not_ring(cast, room):
    with pytest.raises(Refused):
        services.ring_bell(store=cast.other_store.pk, source="fitting_room", room=room.pk)
    assert Bell.objects.count() == 0


def test_one_coat_is_kept_and_the_other_was_tight_in_the_shoulders(cast, visit, fitting, log):
    services.bring_item(fitting=fitting.pk, sku=COAT_M, actor=cast.zhou.pk)
    services.try_item(fitting=fitting.pk, sku=COAT_M, outcome="too_small", reason="shoulders", actor=cast.zhou.pk)
    services.try_item(fitting=fitting.pk, sku=COAT_L, outcome="kept", actor=cast.zhou.pk)
    services.close_fitting(fitting=fitting.pk, rating=5, actor=cast.zhou.pk)
    assert Entry.objects.filter(type="fitting.item_tried").first().payload == {
        "visit_id": visit.pk,
        "sku_id": COAT_M,
        "outcome": "too_small",
        "reason": "shoulders",
    }
    assert Entry.objects.get(type="fitting.closed").payload == {
        "visit_id": visit.pk,
        "items": 2,
        "kept": 1,
        "rating": 5,
    }
    assert len(log()) == 6


def test_a_corrected_outcome_is_told_again_and_a_repeated_one_is_not(cast, fitting, log):
    for outcome in ("price", "price", "kept"):
        services.try_item(fitting=fitting.pk, sku=COAT_M, outcome=outcome, actor=cast.zhou.pk)
    assert log().count("fitting.item_tried") == 2
    assert FittingItem.objects.get().outcome == "kept"


def test_a_taken_room_is_refused_and_the_open_session_is_returned(cast, visit, room, fitting):
    assert services.open_fitting(visit=visit.pk, actor=cast.zhou.pk) == fitting
    other = services.arrive(store=cast.store.pk)
    with pytest.raises(Refused) as refused:
        services.open_fitting(visit=other.pk, room=room.pk, actor=cast.zhou.pk)
    assert (refused.value.field, Fitting.objects.count()) == ("room", 1)


def test_a_fitting_ends_with_the_visit(cast, visit, fitting, log):
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    fitting.refresh_from_db()
    assert fitting.closed_at is not None
    assert log()[-2:] == ["fitting.closed", "visit.left"]


@pytest.mark.parametrize(
    ("facts", "field"), [({"outcome": "ugly"}, "outcome"), ({"outcome": "cut", "reason": "mood"}, "reason")]
)
def test_an_outcome_nobody_defined_is_refused(cast, fitting, facts, field):
    with pytest.raises(Refused) as refused:
        services.try_item(fitting=fitting.pk, sku=COAT_M, actor=cast.zhou.pk, **facts)
    assert (refused.value.field, FittingItem.objects.count()) == (field, 0)


def test_a_customer_who_needs_nobody_any_more_stops_the_bell(cast, room, log):
    bell = services.ring_bell(store=cast.store.pk, source="qr", room=room.pk)
    services.cancel_bell(bell=bell.pk)
    services.cancel_bell(bell=bell.pk)
    with pytest.raises(Refused, match="取消"):
        services.answer_bell(bell=bell.pk, actor=cast.zhou.pk)
    assert log() == ["bell.rung", "bell.cancelled"]


def test_who_leaves_rings_no_more(cast, visit, log):
    services.ring_bell(store=cast.store.pk, source="qr", visit=visit.pk)
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    assert log() == ["visit.arrived", "bell.rung", "bell.cancelled", "visit.left"]


def test_who_leaves_within_the_minute_leaves_a_cancelled_promise_and_no_broken_one(
    cast, saturday, visit, room, fitting
):
    bell = services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk)
    saturday.advance(30)
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    saturday.advance(600)
    sweep()
    assert Promise.objects.get(key="call_for_help", subject_id=bell.pk).state == "cancelled"
    assert not Entry.objects.filter(type="promise.broken", payload__promise_key="call_for_help").exists()


def test_a_farewell_within_the_minute_that_a_phone_tells_late_corrects_the_verdict(cast, saturday, visit):
    bell = services.ring_bell(store=cast.store.pk, source="qr", visit=visit.pk)
    left = saturday.now() + timedelta(seconds=30)
    saturday.advance(300)
    sweep()
    assert Promise.objects.get(key="call_for_help").state == "broken"
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk, occurred_at=left)
    bell.refresh_from_db()
    assert (bell.cancelled_at, Promise.objects.get(key="call_for_help").state) == (left, "cancelled")


def test_a_bell_told_of_after_the_moment_of_leaving_ends_no_earlier_than_it_rang(cast, saturday, visit):
    left = saturday.now() + timedelta(seconds=5)
    saturday.advance(20)
    bell = services.ring_bell(store=cast.store.pk, source="qr", visit=visit.pk)
    saturday.advance(20)
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk, occurred_at=left)
    bell.refresh_from_db()
    assert bell.cancelled_at == bell.rung_at
    assert Promise.objects.get(key="call_for_help").state == "cancelled"


def test_who_has_left_cannot_ring(cast, visit, log):
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    with pytest.raises(Refused, match="离店"):
        services.ring_bell(store=cast.store.pk, source="qr", visit=visit.pk)
    assert log() == ["visit.arrived", "visit.left"]


def test_a_room_that_rang_before_anybody_knew_who_was_in_it_falls_silent_with_its_visitor(cast, visit, room, log):
    bell = services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk)
    services.open_fitting(visit=visit.pk, room=room.pk, actor=cast.zhou.pk)
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    bell.refresh_from_db()
    assert bell.cancelled_at is not None
    assert log()[-3:] == ["fitting.closed", "bell.cancelled", "visit.left"]


def test_the_bell_of_another_visitor_rings_on(cast, visit, room, log):
    other = services.arrive(store=cast.store.pk)
    bell = services.ring_bell(store=cast.store.pk, source="qr", visit=other.pk)
    door = services.ring_bell(store=cast.store.pk, source="kiosk", place="door")
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    assert set(Bell.objects.filter(cancelled_at=None)) == {bell, door}


def test_an_arrival_by_mistake_ends_its_bell_and_its_fitting(cast, visit, room, fitting, log):
    services.ring_bell(store=cast.store.pk, source="fitting_room", room=room.pk)
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    assert log()[-3:] == ["fitting.closed", "bell.cancelled", "visit.step_undone"]
