"""A customer writes, a person answers, it is closed, it goes on."""

import pytest

from clothier.conversations import services
from clothier.conversations.contracts import Box, Collision, State
from clothier.conversations.models import Message, Thread
from clothier.conversations.selectors import inbox_for, messages, thread_for
from clothier.eventlog.selectors import history
from clothier.kernel import clock
from clothier.kernel.access import Denied
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.models import Promise
from tests.cast import Cast
from tests.conversations.said import thread_of, write


def types_of(thread: int) -> list[str]:
    return [entry.type for entry in history(Ref("chat", thread))]


def test_a_strangers_first_words_open_a_conversation_with_the_bot(desk: Cast):
    message = write("你好，请问大衣可以机洗吗？")
    thread = thread_of(message)
    assert (thread.state, thread.customer_id, thread.store_id) == (State.BOT, None, desk.store.pk)
    assert types_of(thread.pk) == ["chat.opened", "chat.customer_wrote"]
    assert [m.text for m in messages(thread.pk)] == ["你好，请问大衣可以机洗吗？"]


def test_what_was_said_stands_nowhere_in_the_database(desk: Cast):
    message = write("我住在解放路 12 号", name="小林")
    row = Message.objects.select_related("contact").get(pk=message.pk)
    stored = [row.sealed, row.contact.sealed, row.contact.sealed_name, row.contact.hash]
    assert all("解放路" not in text and "小林" not in text and "browser" not in text for text in stored)


def test_the_same_message_told_twice_is_one(desk: Cast):
    first = write("在吗", external_id="wx-1")
    again = write("在吗", external_id="wx-1")
    assert first.pk == again.pk
    assert Message.objects.count() == 1


def test_a_person_who_is_asked_for_gets_the_conversation_and_answers(desk: Cast):
    thread = thread_of(write("转人工")).pk
    services.hand_over(thread=thread, reason="asked", summary="顾客要找人工")
    chen = desk.viewer(desk.chen)
    (row,) = inbox_for(chen, Box.MINE)
    assert (row.id, row.employee, row.preview, row.unread) == (thread, "陈晓", "转人工", True)
    services.reply(thread=thread, text="您好，我是陈晓，我来帮您查一下。", actor=desk.chen.pk, key="r1")
    services.reply(thread=thread, text="您好，我是陈晓，我来帮您查一下。", actor=desk.chen.pk, key="r1")
    (row,) = inbox_for(chen, Box.MINE)
    assert (row.waiting_since, row.unread) == (None, False)
    assert [m.text for m in messages(thread)] == ["转人工", "您好，我是陈晓，我来帮您查一下。"]
    assert types_of(thread)[2:] == ["chat.handed_over", "chat.assigned", "chat.reply_sent"]


def test_with_nobody_on_shift_the_conversation_waits_in_the_queue(cast: Cast):
    thread = thread_of(write("转人工")).pk
    services.hand_over(thread=thread, reason="asked")
    assert [row.id for row in inbox_for(cast.viewer(cast.chen), Box.WAITING)] == [thread]


def test_nobody_answers_into_a_colleagues_conversation(desk: Cast):
    thread = thread_of(write("转人工")).pk
    services.hand_over(thread=thread, reason="asked")
    with pytest.raises(Collision):
        services.reply(thread=thread, text="我来回答", actor=desk.wu.pk, key="r2")
    assert [m.text for m in messages(thread)] == ["转人工"]


def test_a_reply_given_before_a_colleagues_was_seen_is_held_back(desk: Cast):
    first = write("转人工")
    thread = thread_of(first).pk
    services.reply(thread=thread, text="您好，我是吴静。", actor=desk.wu.pk, key="r3")
    services.transfer(thread=thread, employee=desk.chen.pk, actor=desk.wu.pk)
    with pytest.raises(Collision):
        services.reply(thread=thread, text="您好", actor=desk.chen.pk, key="r4", seen=first.pk)


def test_a_closed_conversation_opens_again_when_the_customer_writes(desk: Cast):
    thread = thread_of(write("谢谢"))
    services.close(thread=thread.pk, actor=desk.chen.pk)
    services.close(thread=thread.pk, actor=desk.chen.pk)
    clock_row = thread_of(write("还有一个问题"))
    assert (clock_row.pk, clock_row.state, clock_row.closed_at) == (thread.pk, State.BOT, None)
    assert types_of(thread.pk).count("chat.closed") == 1
    assert types_of(thread.pk).count("chat.opened") == 2


def test_an_internal_note_is_for_colleagues_alone(desk: Cast):
    thread = thread_of(write("尺码不对")).pk
    services.reply(thread=thread, text="这位顾客上周来过", actor=desk.chen.pk, key="n1", internal=True)
    assert [m.internal for m in messages(thread)] == [False, True]
    assert [m.text for m in messages(thread, internal=False)] == ["尺码不对"]
    assert thread_for(desk.viewer(desk.chen), thread).state is State.BOT


def test_conversations_of_another_store_are_not_found(desk: Cast):
    thread = thread_of(write("在吗", store=desk.other_store.pk)).pk
    assert thread_for(desk.viewer(desk.chen), thread) is None
    assert thread_for(desk.viewer(desk.gao), thread).store_id == desk.other_store.pk
    with pytest.raises(Denied):
        inbox_for(desk.viewer(desk.zhou), Box.TEAM)


def test_an_empty_message_is_refused(desk: Cast):
    with pytest.raises(Refused):
        write(" \x00\u202e ")
    assert Thread.objects.count() == 0


def test_drawers_are_read_page_by_page(desk: Cast, saturday: clock.SimulatedClock):
    threads = []
    for number in range(5):
        saturday.advance(60)
        threads.append(thread_of(write("在吗", sender=f"browser-{number}")).pk)
    gao = desk.viewer(desk.gao)
    first = inbox_for(gao, Box.BOT, limit=3)
    rest = inbox_for(gao, Box.BOT, before=first[-1].cursor, limit=3)
    assert [row.id for row in first + rest] == threads[::-1]


def test_the_promise_of_an_answer_is_told_of_whoever_answered(desk: Cast):
    thread = thread_of(write("转人工", sender="p1")).pk
    services.hand_over(thread=thread, reason="asked")
    promised = Promise.objects.get(key="chat_first_human", subject_id=thread)
    assert promised.owner_id is None
    services.reply(thread=thread, text="您好，我是陈晓。", actor=desk.chen.pk, key="p1")
    promised.refresh_from_db()
    assert (promised.state, promised.owner_id) == ("kept", desk.chen.pk)
