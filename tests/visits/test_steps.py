from datetime import timedelta

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from clothier.visits import services
from clothier.visits.models import Need, Step, Visit

LIN = 41


def test_an_arrival_is_a_row_a_step_and_an_event(cast, saturday):
    visit = services.arrive(store=cast.store.pk, via="member_code", customer=LIN, party_size=2, actor=cast.zhou.pk)
    entry = Entry.objects.get()
    assert (entry.type, entry.subject_id, entry.customer_id, entry.store_id, entry.actor_id, entry.payload) == (
        "visit.arrived",
        visit.pk,
        LIN,
        cast.store.pk,
        cast.zhou.pk,
        {"via": "member_code", "party_size": 2},
    )
    assert (visit.arrived_at, visit.left_at) == (saturday.now(), None)
    assert Step.objects.get().kind == "arrived"


def test_a_customer_who_is_here_does_not_arrive_again(cast, log):
    first = services.arrive(store=cast.store.pk, customer=LIN, actor=cast.zhou.pk)
    assert services.arrive(store=cast.store.pk, customer=LIN, via="check_in") == first
    assert log() == ["visit.arrived"]
    assert services.arrive(store=cast.other_store.pk, customer=LIN) != first


@pytest.mark.parametrize(("facts", "field"), [({"via": "face"}, "via"), ({"party_size": 0}, "party_size")])
def test_an_arrival_that_makes_no_sense_is_refused(cast, facts, field, log):
    with pytest.raises(Refused) as refused:
        services.arrive(store=cast.store.pk, **facts)
    assert (refused.value.field, Visit.objects.count(), log()) == (field, 0, [])


def test_the_whole_way_through_a_visit(cast, saturday, visit, log):
    zhou = cast.zhou.pk
    saturday.advance(8)
    services.greet(visit=visit.pk, actor=zhou)
    services.stop(visit=visit.pk, zone=cast.coats.pk)
    services.approach(visit=visit.pk, actor=zhou)
    step = services.record_need(visit=visit.pk, actor=zhou, occasion="commute", category="coat", budget_fen=150_000)
    services.propose(visit=visit.pk, actor=zhou, style_ids=[5, 6, 5])
    services.offer_aid(visit=visit.pk, actor=zhou, kind="bags")
    services.enter_zone(visit=visit.pk, zone=cast.coats.pk, dwell_seconds=95)
    services.leave(visit=visit.pk, outcome="bought", actor=zhou)
    assert log() == [
        "visit.arrived",
        "visit.greeted",
        "visit.stopped",
        "visit.approached",
        "visit.need_recorded",
        "visit.proposed",
        "visit.aid_offered",
        "visit.zone_entered",
        "visit.left",
    ]
    need = Need.objects.get(step=step)
    assert (need.occasion, need.category, need.budget_fen) == ("commute", "coat", 150_000)
    assert Entry.objects.get(type="visit.proposed").payload == {"style_ids": [5, 6]}
    assert Entry.objects.get(type="visit.left").payload == {"outcome": "bought", "served": True, "served_by": zhou}
    visit.refresh_from_db()
    assert (visit.left_at, visit.outcome) == (saturday.now(), "bought")


def test_two_colleagues_greet_and_the_second_hears_who_was_first(cast, visit, qian, log):
    services.greet(visit=visit.pk, actor=cast.zhou.pk)
    with pytest.raises(Refused, match="周敏 已经问候过"):
        services.greet(visit=visit.pk, actor=qian.pk)
    assert Step.objects.get(kind="greeted").by == cast.zhou
    assert log() == ["visit.arrived", "visit.greeted"]


def test_a_double_tap_is_one_step(cast, visit, log):
    first = services.approach(visit=visit.pk, actor=cast.zhou.pk)
    assert services.approach(visit=visit.pk, actor=cast.zhou.pk) == first
    assert log() == ["visit.arrived", "visit.approached"]


def test_the_same_key_gives_the_first_outcome(cast, visit, log):
    first = services.record_need(visit=visit.pk, actor=cast.zhou.pk, occasion="date", key="phone-7")
    again = services.record_need(visit=visit.pk, actor=cast.zhou.pk, occasion="date", key="phone-7")
    assert (again, Need.objects.count()) == (first, 1)
    with pytest.raises(Refused) as refused:
        services.greet(visit=visit.pk, actor=cast.zhou.pk, key="phone-7")
    assert refused.value.field == "key"
    assert log() == ["visit.arrived", "visit.need_recorded"]


def test_the_same_arrival_told_twice_is_one_visit(cast):
    first = services.arrive(store=cast.store.pk, key="phone-1")
    assert services.arrive(store=cast.store.pk, key="phone-1") == first
    assert Visit.objects.count() == 1


def test_a_phone_from_the_future_is_refused_and_one_slightly_ahead_is_read_as_now(cast, saturday, visit):
    with pytest.raises(Refused) as refused:
        services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=saturday.now() + timedelta(seconds=181))
    assert (refused.value.field, Step.objects.filter(kind="greeted").count()) == ("occurred_at", 0)
    step = services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=saturday.now() + timedelta(seconds=170))
    assert step.at == saturday.now()


def test_a_fact_told_a_day_late_counts_when_it_happened_and_is_marked(cast, saturday, visit):
    greeted_at = saturday.now() + timedelta(seconds=6)
    saturday.advance(86_400)
    step = services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=greeted_at)
    assert (step.at, step.recorded_at, step.late) == (greeted_at, saturday.now(), True)
    assert Entry.objects.get(type="visit.greeted").occurred_at == greeted_at


def test_a_fact_of_three_days_ago_is_refused(cast, saturday, visit, log):
    saturday.advance(3 * 86_400)
    with pytest.raises(Refused, match="两天"):
        services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=visit.arrived_at)
    assert log() == ["visit.arrived"]


def test_a_phone_that_was_offline_and_first_is_first(cast, saturday, visit, qian):
    start = saturday.now()
    saturday.advance(20)
    online = services.greet(visit=visit.pk, actor=qian.pk)
    saturday.advance(600)
    offline = services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=start + timedelta(seconds=5))
    online.refresh_from_db()
    assert (online.undone_at, online.undone_by) == (saturday.now(), None)
    assert Step.objects.get(kind="greeted", undone_at=None) == offline


def test_a_step_is_never_earlier_than_the_arrival(cast, saturday, visit):
    step = services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=saturday.now() - timedelta(seconds=30))
    assert step.at == visit.arrived_at


def test_nothing_is_done_for_a_customer_who_has_left_but_late_facts_still_count(cast, saturday, visit, log):
    saturday.advance(60)
    services.leave(visit=visit.pk, outcome="left", actor=cast.zhou.pk)
    saturday.advance(60)
    with pytest.raises(Refused, match="离店"):
        services.greet(visit=visit.pk, actor=cast.zhou.pk)
    services.greet(visit=visit.pk, actor=cast.zhou.pk, occurred_at=saturday.now() - timedelta(seconds=100))
    assert log() == ["visit.arrived", "visit.left", "visit.greeted"]
    assert Entry.objects.get(type="visit.left").payload == {"outcome": "left", "served": False}


def test_stopping_while_an_associate_is_there_starts_no_clock(cast, visit, log):
    step = services.approach(visit=visit.pk, actor=cast.zhou.pk)
    assert services.stop(visit=visit.pk, asked=True) == step
    assert log() == ["visit.arrived", "visit.approached"]


def test_a_zone_of_another_store_is_refused(cast, log):
    visit = services.arrive(store=cast.other_store.pk)
    with pytest.raises(Refused) as refused:
        services.stop(visit=visit.pk, zone=cast.coats.pk)
    assert (refused.value.field, log()) == ("zone", ["visit.arrived"])


def test_an_unknown_visitor_gives_a_member_code(cast, visit, log):
    services.identify(visit=visit.pk, customer=LIN, actor=cast.zhou.pk)
    visit.refresh_from_db()
    assert visit.customer_id == LIN
    with pytest.raises(Refused):
        services.identify(visit=visit.pk, customer=LIN + 1, actor=cast.zhou.pk)
    assert log() == ["visit.arrived", "visit.identified"]
    services.undo(visit=visit.pk, actor=cast.zhou.pk)
    visit.refresh_from_db()
    assert visit.customer_id is None


def test_a_tap_costs_few_statements(cast, visit, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        other = services.arrive(store=cast.store.pk, actor=cast.zhou.pk, key="an arrival")
    with django_assert_max_num_queries(16):
        services.greet(visit=other.pk, actor=cast.zhou.pk, key="a greeting")
