"""Versions of the house rules: drafted, published from a date, compared, rolled back, acknowledged."""

from datetime import timedelta

import pytest

from clothier.eventlog.models import Entry
from clothier.kernel.access import Denied, Role, Viewer
from clothier.kernel.errors import Refused
from clothier.standards.contracts import Change
from clothier.standards.models import PromiseVersion, RulesVersion
from clothier.standards.selectors import compared, document, in_force, readers, text_in_force, unread, versions_for
from clothier.standards.services import (
    acknowledge_rules,
    draft_promise,
    publish,
    roll_back,
    save_draft,
    tighten,
)
from tests.standards.conftest import ANSWER, OPERATOR, Answered, Asked, Withdrawn, happen, house_rules, promise

WU = Viewer(user=None, employee=3, role=Role.MANAGER, stores=frozenset({1}))


def loyal(points: int) -> str:
    return text_in_force("loyalty").replace("points_per_yuan: 1\n", f"points_per_yuan: {points}\n")


def published(points: int, **about) -> RulesVersion:
    draft = save_draft(viewer=OPERATOR, key="loyalty", text=loyal(points))
    return publish(viewer=OPERATOR, version_id=draft.pk, **about)


@pytest.mark.django_db
def test_a_published_version_holds_from_its_moment_on(saturday):
    published(3, effective_at=saturday.now() + timedelta(days=1))
    assert document("loyalty").points_per_yuan == 1
    saturday.advance(86_400)
    assert document("loyalty").points_per_yuan == 3
    assert in_force()["loyalty"].number == 1
    assert Entry.objects.get(type="rules.published").payload["document"] == "loyalty"


@pytest.mark.django_db
def test_a_draft_holds_for_nobody(saturday):
    save_draft(viewer=OPERATOR, key="loyalty", text=loyal(3))
    assert document("loyalty").points_per_yuan == 1
    assert not versions_for(WU).exists()


@pytest.mark.django_db
def test_a_faulty_text_may_be_kept_but_not_published(saturday):
    draft = save_draft(viewer=OPERATOR, key="loyalty", text="title: oops")
    with pytest.raises(Refused, match="line 1"):
        publish(viewer=OPERATOR, version_id=draft.pk)
    assert RulesVersion.objects.get().state == "draft"


@pytest.mark.django_db
def test_rules_are_not_published_backwards_in_time_nor_twice(saturday):
    draft = save_draft(viewer=OPERATOR, key="loyalty", text=loyal(3))
    with pytest.raises(Refused):
        publish(viewer=OPERATOR, version_id=draft.pk, effective_at=saturday.now() - timedelta(seconds=1))
    publish(viewer=OPERATOR, version_id=draft.pk)
    with pytest.raises(Refused):
        publish(viewer=OPERATOR, version_id=draft.pk)


@pytest.mark.django_db
def test_a_manager_cannot_change_the_house_rules(saturday):
    with pytest.raises(Denied):
        save_draft(viewer=WU, key="loyalty", text=loyal(3))
    assert not RulesVersion.objects.exists()


@pytest.mark.django_db
def test_rolling_back_publishes_the_older_text_as_a_new_version(saturday):
    first = published(3)
    saturday.advance(60)
    published(5)
    saturday.advance(60)
    restored = roll_back(viewer=OPERATOR, version_id=first.pk)
    assert (restored.number, restored.restores_id, document("loyalty").points_per_yuan) == (3, first.pk, 3)


@pytest.mark.django_db
def test_differences_are_told_rule_by_rule():
    old = text_in_force("promises")
    new = old.replace("within: 10s", "within: 8s").replace("{at: 60s, tell: [lead]}", "{at: 50s, tell: [lead]}")
    assert compared("promises", old, new) == [
        Change(("promises", "到店迎宾", "within"), "10s", "8s"),
        Change(("promises", "主动接待", "ladder"), "at: 1min；tell: lead", "at: 50s；tell: lead"),
    ]


@pytest.mark.django_db
def test_who_must_acknowledge_and_who_has(saturday):
    version = published(3)
    assert unread(WU) == [version]
    acknowledge_rules(viewer=WU, version_id=version.pk)
    acknowledge_rules(viewer=WU, version_id=version.pk)
    assert unread(WU) == []
    assert readers(version)[3].acknowledged_at == saturday.now()
    # Agents need not know the loyalty rules.
    assert unread(Viewer(user=None, employee=8, role=Role.AGENT, stores=frozenset({1}))) == []


@pytest.mark.django_db
def test_an_operator_makes_a_promise_of_any_event_without_code(saturday):
    content = {
        "key": "thank_you",
        "name": {"zh": "当面致谢"},
        "owner": "associate",
        "reason": {"zh": "走之前说声谢谢"},
        "within": "2min",
        "start": [{"event": "test.withdrawn"}],
        "keep": [{"event": "test.answered"}],
    }
    publish(viewer=OPERATOR, version_id=draft_promise(viewer=OPERATOR, content=content).pk)
    happen(Withdrawn())
    saturday.advance(90)
    happen(Answered())
    one = promise()
    assert (one.key, one.state, one.elapsed_seconds) == ("thank_you", "kept", 90)


@pytest.mark.django_db
def test_a_wrong_promise_is_refused_at_its_field():
    with pytest.raises(Refused) as caught:
        draft_promise(viewer=OPERATOR, content={**ANSWER, "within": "soon"})
    assert caught.value.field == "within"


def test_a_running_promise_keeps_the_wording_it_began_with(rules):
    happen(Asked())
    house_rules({**ANSWER, "within": "5min", "severity": {}})
    happen(Asked(), 2)
    assert (promise(1).target_seconds, promise(2).target_seconds) == (600, 300)
    assert promise(1).version_id != promise(2).version_id
    assert PromiseVersion.objects.count() == 2


def test_a_store_may_tighten_its_own_and_not_loosen(rules):
    tighten(viewer=WU, promise_key="answer", store_id=1, seconds=240, reason="旗舰店")
    happen(Asked())
    happen(Asked(), 2, store=2)
    assert (promise(1).target_seconds, promise(2).target_seconds) == (240, 600)
    with pytest.raises(Refused):
        tighten(viewer=WU, promise_key="answer", store_id=1, seconds=601)
    with pytest.raises(Denied):
        tighten(viewer=WU, promise_key="answer", store_id=2, seconds=60)
    tighten(viewer=WU, promise_key="answer", store_id=1, seconds=None)
    happen(Asked(), 3)
    assert promise(3).target_seconds == 600
