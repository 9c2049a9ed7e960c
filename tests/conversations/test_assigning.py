"""Who gets a conversation, and what happens when that person leaves, is away, or has enough to do."""

from datetime import timedelta

import pytest

from clothier.conversations import services
from clothier.conversations.contracts import Blocked, Box, Collision, State
from clothier.conversations.models import Flag, Thread
from clothier.conversations.selectors import (
    backlog_for,
    filled_reply,
    handovers,
    inbox_for,
    loads_for,
    messages,
    writing_now,
)
from clothier.eventlog.models import Entry
from clothier.eventlog.selectors import history
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.staff.models import Employee, Shift
from clothier.standards.models import Promise
from tests.cast import Cast
from tests.conversations.said import thread_of, write


def second_agent(cast: Cast, *skills: str) -> Employee:
    now = clock.now()
    made = Employee.objects.create(number="e009", name="何青", role="agent", home_store=cast.store, skills=skills)
    Shift.objects.create(
        employee=made, store=cast.store, post=Shift.Post.AGENT, starts_at=now, ends_at=now + timedelta(hours=8)
    )
    return made


def handed(sender: str, text: str = "转人工") -> Thread:
    thread = thread_of(write(text, sender=sender))
    return services.hand_over(thread=thread.pk, reason="asked")


def test_conversations_go_to_whoever_has_least_to_do(desk: Cast):
    he = second_agent(desk)
    assert [handed(f"b{n}").employee_id for n in range(4)] == [desk.chen.pk, he.pk, desk.chen.pk, he.pk]


def test_a_topic_goes_to_whoever_knows_it(desk: Cast):
    he = second_agent(desk, "complaints")
    assert handed("b1", "我要投诉，毛衣起球了").employee_id == he.pk
    assert handed("b2", "我要投诉，裤子开线").employee_id == he.pk


def test_nobody_gets_more_than_the_house_rules_say(desk: Cast):
    threads = [handed(f"b{n}") for n in range(7)]
    assert [thread.state for thread in threads] == [State.HELD] * 6 + [State.WAITING]
    assert backlog_for(desk.viewer(desk.chen)).waiting == 1
    services.close(thread=threads[0].pk, actor=desk.chen.pk)
    assert services.serve_queue() == 1
    assert Thread.objects.get(pk=threads[6].pk).employee_id == desk.chen.pk


def test_a_customer_comes_back_to_the_agent_they_had(desk: Cast):
    first = handed("b1")
    services.reply(thread=first.pk, text="您好，我来帮您。", actor=desk.chen.pk, key="r")
    services.close(thread=first.pk, actor=desk.chen.pk)
    handed("b2")
    second_agent(desk)
    write("又来了", sender="b1")
    assert services.hand_over(thread=first.pk, reason="asked").employee_id == desk.chen.pk


def test_who_is_away_gets_nothing_new(desk: Cast):
    services.step_away(employee=desk.chen.pk)
    thread = handed("b1")
    assert (thread.state, services.serve_queue()) == (State.WAITING, 0)
    services.come_back(employee=desk.chen.pk)
    assert services.serve_queue() == 1


def test_at_the_end_of_a_shift_nobody_is_left_waiting(desk: Cast, saturday: clock.SimulatedClock):
    waiting, answered = handed("b1"), handed("b2")
    services.reply(thread=answered.pk, text="您好，已经为您查到。", actor=desk.chen.pk, key="r")
    saturday.advance(9 * 3600)
    he = second_agent(desk)
    assert services.end_shifts() == 1
    assert Thread.objects.get(pk=waiting.pk).employee_id == he.pk
    assert handovers(waiting.pk)[0].reason == "shift"
    assert Thread.objects.get(pk=answered.pk).employee_id == desk.chen.pk
    write("那什么时候到？", sender="b2")
    assert Thread.objects.get(pk=answered.pk).employee_id == he.pk


def test_a_channel_without_bot_asks_for_a_person_at_once(desk: Cast):
    thread = thread_of(write("想退货", channel="phone", sender="13900139000"))
    assert (thread.state, thread.employee_id, thread.topic) == (State.HELD, desk.chen.pk, "aftersales")


def test_a_transfer_goes_to_a_colleague_or_back_into_the_queue(desk: Cast):
    thread = handed("b1")
    services.transfer(thread=thread.pk, employee=desk.wu.pk, actor=desk.chen.pk)
    assert [row.id for row in inbox_for(desk.viewer(desk.wu), Box.MINE)] == [thread.pk]
    services.transfer(thread=thread.pk, employee=None, actor=desk.wu.pk)
    assert [row.id for row in inbox_for(desk.viewer(desk.wu), Box.WAITING)] == [thread.pk]


def test_of_two_who_take_it_the_second_is_told(cast: Cast):
    thread = handed("b1")
    services.assign(thread=thread.pk, employee=cast.chen.pk, actor=cast.chen.pk)
    with pytest.raises(Collision):
        services.assign(thread=thread.pk, employee=cast.wu.pk, actor=cast.wu.pk)
    assert Thread.objects.get(pk=thread.pk).employee_id == cast.chen.pk


def test_the_promise_of_a_first_human_reply_runs_from_the_hand_over_to_the_reply(desk: Cast):
    thread = handed("b1")
    promise = Promise.objects.get(key="chat_first_human", subject_id=thread.pk)
    assert promise.state == "running"
    services.reply(thread=thread.pk, text="您好，我来帮您。", actor=desk.chen.pk, key="r")
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_what_is_never_said_is_stopped_unless_there_is_a_reason(desk: Cast):
    thread = handed("b1")
    with pytest.raises(Blocked) as stopped:
        services.reply(thread=thread.pk, text="这是公司规定", actor=desk.chen.pk, key="r1")
    assert [hit.key for hit in stopped.value.hits] == ["the_rule_is"]
    assert len(messages(thread.pk)) == 1
    services.reply(thread=thread.pk, text="这是公司规定", actor=desk.chen.pk, key="r2", insist="顾客要求看原文")
    assert list(Flag.objects.values_list("rule", "severity", "reason")) == [("the_rule_is", "stop", "顾客要求看原文")]
    assert history(thread.ref).last().payload["insisted"] is True


def test_what_is_put_off_comes_back_and_sooner_when_the_customer_writes(desk: Cast, saturday: clock.SimulatedClock):
    chen, thread = desk.viewer(desk.chen), handed("b1")
    services.snooze(thread=thread.pk, until=clock.now() + timedelta(hours=2), actor=desk.chen.pk)
    assert (inbox_for(chen, Box.MINE), len(inbox_for(chen, Box.SNOOZED))) == ([], 1)
    saturday.advance(2 * 3600)
    assert services.wake_due() == 1
    assert len(inbox_for(chen, Box.MINE)) == 1
    services.snooze(thread=thread.pk, until=clock.now() + timedelta(hours=2), actor=desk.chen.pk)
    write("还在吗", sender="b1")
    assert len(inbox_for(chen, Box.MINE)) == 1
    # Both times the lists are told.
    assert Entry.objects.filter(type="chat.woken").count() == 2


def test_conversations_nobody_writes_in_are_closed(desk: Cast, saturday: clock.SimulatedClock):
    bot, waiting, answered = thread_of(write("你好", sender="b0")), handed("b1"), handed("b2")
    services.reply(thread=answered.pk, text="您好，已为您办好。", actor=desk.chen.pk, key="r")
    saturday.advance(25 * 3600)
    assert services.close_idle() == 2
    states = dict(Thread.objects.values_list("pk", "state"))
    assert states == {bot.pk: State.CLOSED, waiting.pk: State.HELD, answered.pk: State.CLOSED}


def test_a_mention_lies_in_a_drawer_until_it_is_read(desk: Cast):
    thread = handed("b1")
    note = services.reply(
        thread=thread.pk, text="@吴静 请看", actor=desk.chen.pk, key="n", internal=True, mentions=[desk.wu.pk]
    )
    wu = desk.viewer(desk.wu)
    assert [row.id for row in inbox_for(wu, Box.MENTIONS)] == [thread.pk]
    services.read(thread=thread.pk, employee=desk.wu.pk, upto=note.pk)
    assert inbox_for(wu, Box.MENTIONS) == []


def test_colleagues_see_who_is_writing(desk: Cast, saturday: clock.SimulatedClock):
    thread = handed("b1").pk
    services.writing(thread=thread, employee=desk.chen.pk)
    services.writing(thread=thread)
    assert writing_now(thread, besides=desk.wu.pk) == ["", "陈晓"]
    assert writing_now(thread, besides=desk.chen.pk) == [""]
    saturday.advance(7)
    assert writing_now(thread) == []


def test_tags_are_there_once(desk: Cast):
    thread = handed("b1").pk
    services.tag(thread=thread, word="急", actor=desk.chen.pk)
    services.tag(thread=thread, word="急", actor=desk.chen.pk)
    assert inbox_for(desk.viewer(desk.chen), Box.MINE)[0].tags == ("急",)
    services.untag(thread=thread, word="急")
    assert inbox_for(desk.viewer(desk.chen), Box.MINE)[0].tags == ()


def test_a_saved_reply_knows_the_customers_name_and_holds_nothing_forbidden(desk: Cast, lin: int):
    saved = services.save_reply(title="问候", text="{name}您好，我是{agent}，{store}为您服务。")
    thread = thread_of(write("你好", customer=lin)).pk
    chen = desk.viewer(desk.chen)
    assert filled_reply(chen, saved.pk, thread=thread) == "林月您好，我是陈晓，南京路店为您服务。"
    with pytest.raises(Refused, match="变量"):
        services.save_reply(title="x", text="{phone}")
    with pytest.raises(Refused, match="不该说"):
        services.save_reply(title="x", text="这是公司规定")
    services.retire_reply(reply=saved.pk)
    assert filled_reply(chen, saved.pk, thread=thread) is None


def test_the_supervisor_sees_how_busy_everybody_is(desk: Cast):
    handed("b1")
    (load,) = loads_for(desk.viewer(desk.wu), store=desk.store.pk)
    assert (load.name, load.held, load.oldest) == ("陈晓", 1, clock.now())
    assert loads_for(desk.viewer(desk.wu), store=desk.other_store.pk) == []
