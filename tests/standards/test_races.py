"""Several workers and web processes at once."""

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, transaction

from clothier.eventlog.models import Entry
from clothier.eventlog.services import record
from clothier.kernel import clock
from clothier.kernel.access import Role, Viewer
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.models import Edition, Promise, RulesVersion, StoreTarget, Timer
from clothier.standards.selectors import replay_differences, text_in_force
from clothier.standards.services import discard_draft, publish, repair, restore_shipped, save_draft, sweep, tighten
from tests.standards.conftest import ANSWER, OPERATOR, Asked, house_rules

SHANGHAI = Viewer(user=None, employee=3, role=Role.MANAGER, stores=frozenset({1}))


def together(function, number: int = 2) -> list[Exception]:
    errors: list[Exception] = []
    barrier = threading.Barrier(number)

    def run() -> None:
        try:
            barrier.wait()
            function()
        except Exception as error:
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_make_one_promise():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")
    house_rules(ANSWER)

    def ask() -> None:
        with transaction.atomic():
            record(Asked(), subject=Ref("trial", 1), store=1)

    assert together(ask, 4) == []
    assert Promise.objects.count() == 1
    assert not list(replay_differences())


@pytest.mark.django_db(transaction=True)
def test_several_sweepers_break_every_promise_once():
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")
    house_rules({**ANSWER, "within": "1s", "severity": {}, "tier": {}, "ladder": []})
    with transaction.atomic():
        for number in range(1, 51):
            record(Asked(), subject=Ref("trial", number), store=1)
    later = clock.now() + timedelta(seconds=5)
    assert together(lambda: sweep(later, limit=7), 4) == []
    sweep(later)
    assert Entry.objects.filter(type="promise.broken").count() == 50
    assert not Promise.objects.filter(next_at__isnull=False).exists()
    assert Timer.objects.count() == 50
    assert repair(promise_ids=Promise.objects.values_list("pk", flat=True)) == 50
    assert Entry.objects.filter(type="promise.broken").count() == 50


@pytest.fixture
def several_operators(transactional_db):
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory SQLite has one writer and shares no tables with other threads")


def test_operators_who_draft_at_the_same_moment_each_get_a_number(several_operators):
    text = text_in_force("loyalty")
    assert together(lambda: save_draft(viewer=OPERATOR, key="loyalty", text=text), 6) == []
    assert sorted(RulesVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_operators_who_publish_at_the_same_moment_do_it_one_after_the_other(several_operators):
    assert together(lambda: restore_shipped(viewer=OPERATOR, key="loyalty"), 6) == []
    in_turn = RulesVersion.objects.order_by("effective_at").values_list("number", flat=True)
    assert list(in_turn) == [1, 2, 3, 4, 5, 6]


def test_of_operators_who_publish_or_discard_one_draft_the_first_does_and_the_others_are_told(several_operators):
    for _ in range(5):
        draft = save_draft(viewer=OPERATOR, key="loyalty", text=text_in_force("loyalty")).pk
        told = together(lambda draft=draft: publish(viewer=OPERATOR, version_id=draft), 3)
        assert [type(each) for each in told] == [Refused, Refused]
        assert str(told[0]) == "这一版已经发布"
    gone = save_draft(viewer=OPERATOR, key="loyalty", text=text_in_force("loyalty")).pk
    discard_draft(viewer=OPERATOR, version_id=gone)
    with pytest.raises(Refused, match="丢弃"):
        publish(viewer=OPERATOR, version_id=gone)


def test_managers_who_tighten_at_the_same_moment_leave_one_target_in_force(several_operators):
    def set_it() -> None:
        tighten(viewer=SHANGHAI, promise_key="greet", store_id=1, seconds=8)

    for _ in range(5):
        assert together(set_it, 4) == []
    assert StoreTarget.objects.filter(ended_at=None).count() == 1
    assert StoreTarget.objects.count() == 20
    assert Edition.objects.count() == 1
