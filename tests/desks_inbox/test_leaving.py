"""Going home, taking a note back, printing, and what the channel still allows."""

from datetime import timedelta

import pytest

from clothier.conversations.contracts import State
from clothier.conversations.models import Contact, Mention, Message, Seat, Thread
from clothier.conversations.selectors import search
from clothier.conversations.services import assign, receive, reply
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.staff.models import Employee, Shift
from clothier.staff.selectors import viewer_of_user
from tests.desks_inbox.test_boxes import asks


@pytest.fixture
def pair(desk):
    """Zhou answers beside Chen for today."""
    now = clock.now()
    Shift.objects.create(
        employee=desk.zhou, store=desk.store, post="agent", starts_at=now, ends_at=now + timedelta(hours=8)
    )
    return desk


def holders() -> list[int | None]:
    return list(Thread.objects.order_by("pk").values_list("employee", flat=True))


def test_at_the_end_of_a_shift_everything_goes_to_the_colleague_who_is_named(chen, pair):
    for sender in ("a", "b"):
        asks(pair, sender)
    page = chen.get("/inbox/leaving/").content.decode()
    assert all(words in page for words in ("在吗 a", "在吗 b", f'<option value="{pair.zhou.pk}">周敏'))
    chen.post("/inbox/leaving/", {"to": pair.zhou.pk, "note": "请接着跟"})
    assert holders() == [pair.zhou.pk] * 2
    assert Message.objects.filter(internal=True).count() == 2
    assert Seat.objects.get(pk=pair.chen.pk).away_since == clock.now()
    assert "我回来了" in chen.get("/inbox/").content.decode()
    chen.post("/inbox/away/", {"back": "1"})
    assert Seat.objects.get(pk=pair.chen.pk).away_since is None


def test_without_a_name_those_who_wait_go_to_whoever_is_free_or_into_the_queue(chen, desk):
    waits, answered = asks(desk, "a"), asks(desk, "b")
    reply(thread=answered, text="您好", actor=desk.chen.pk)
    chen.post("/inbox/leaving/", {})
    states = dict(Thread.objects.values_list("pk", "state"))
    # Nobody else is on shift: who has no question stays until they ask one.
    assert states == {waits: State.WAITING, answered: State.HELD}


def test_somebody_elses_conversations_are_handed_over_by_supervisors_alone(chen, wu, pair):
    thread = asks(pair, "a")
    assign_to = {"of": pair.chen.pk, "to": pair.zhou.pk}
    Employee.objects.filter(pk=pair.zhou.pk).update(name="周敏")
    assert wu.get(f"/inbox/leaving/?of={pair.chen.pk}").status_code == 200
    assert chen.get(f"/inbox/leaving/?of={pair.wu.pk}").status_code == 403
    wu.post("/inbox/leaving/", assign_to)
    assert Thread.objects.get(pk=thread).employee_id == pair.zhou.pk


def test_a_note_is_taken_back_while_it_is_fresh_and_by_its_author(chen, wu, desk, saturday):
    thread = asks(desk, "a")
    told = {"text": "顾客很急，请看", "key": "k", "kind": "note", "mention": desk.wu.pk}
    chen.post(f"/inbox/{thread}/replies/", told)
    note = Message.objects.get(internal=True)
    refused = wu.post(f"/inbox/{thread}/notes/{note.pk}/withdrawal/", headers={"HX-Request": "true"})
    assert refused.status_code == 409
    for _time in range(2):
        chen.post(f"/inbox/{thread}/notes/{note.pk}/withdrawal/")
    page = chen.get(f"/inbox/{thread}/").content.decode()
    assert ("备注已撤回" in page, "顾客很急" in page, Mention.objects.count()) == (True, False, 0)
    assert search(viewer_of_user(desk.wu.user_id), "顾客很急") == []
    assert Entry.objects.filter(type="chat.note_withdrawn").count() == 1
    late = reply(thread=thread, text="另一条", actor=desk.chen.pk, internal=True)
    saturday.advance(601)
    old = chen.post(f"/inbox/{thread}/notes/{late.pk}/withdrawal/", headers={"HX-Request": "true"})
    assert old.status_code == 409


def test_a_conversation_is_printed_with_or_without_notes_and_who_did_is_on_record(chen, desk):
    thread = asks(desk, "a")
    reply(thread=thread, text="您好，我来看看", actor=desk.chen.pk)
    reply(thread=thread, text="内部的话", actor=desk.chen.pk, internal=True)
    page = chen.get(f"/inbox/{thread}/transcript/").content.decode()
    assert ("您好，我来看看" in page, "内部的话" in page) == (True, False)
    assert "内部的话" in chen.get(f"/inbox/{thread}/transcript/?notes=1").content.decode()
    told = Entry.objects.filter(type="chat.printed").order_by("pk")
    assert [(one.actor_id, one.payload["notes"]) for one in told] == [(desk.chen.pk, False), (desk.chen.pk, True)]
    foreign = receive(channel="web", sender="far", text="在吗", external_id="f", store=desk.other_store.pk)
    assert chen.get(f"/inbox/{foreign.contact.thread_id}/transcript/").status_code == 404


def test_the_composer_says_what_the_channel_still_allows(chen, desk, saturday, settings):
    settings.CHANNELS = {"wechat": {"app": "wx1", "secret": "s", "token": "t"}}
    message = receive(channel="wechat", sender="o", text="在吗", external_id="w", store=desk.store.pk)
    thread = message.contact.thread_id
    assign(thread=thread, employee=desk.chen.pk)
    assert "还可回复 5 条，48 小时内" in chen.get(f"/inbox/{thread}/").content.decode()
    reply(thread=thread, text="您好", actor=desk.chen.pk)
    saturday.advance(46.5 * 3600)
    assert "还可回复 4 条，90 分钟内" in chen.get(f"/inbox/{thread}/").content.decode()
    Contact.objects.update(replies=5)
    assert "这个渠道现在不能回复" in chen.get(f"/inbox/{thread}/").content.decode()
