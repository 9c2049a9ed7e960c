"""Two at once, on a database that lets them."""

from datetime import timedelta

import pytest

from clothier.conversations import services
from clothier.conversations.contracts import Collision, State
from clothier.conversations.models import Contact, Message, Thread
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.staff.models import Shift
from tests.cast import Cast, assemble
from tests.conversations.said import thread_of, write
from tests.visits.test_at_once import several_writers, together

__all__ = ["several_writers"]
pytestmark = pytest.mark.django_db(transaction=True)


def told(type_: str) -> int:
    return Entry.objects.filter(type=type_).count()


def on_shift(cast: Cast) -> None:
    now = clock.now()
    Shift.objects.create(
        employee=cast.chen,
        store=cast.store,
        post=Shift.Post.AGENT,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=8),
    )


def test_of_two_agents_who_take_the_same_conversation_one_has_it():
    cast = assemble()
    thread = services.hand_over(thread=thread_of(write("转人工")).pk, reason="asked").pk
    given = together(
        *(lambda who=who: services.assign(thread=thread, employee=who.pk, actor=who.pk) for who in (cast.chen, cast.wu))
    )
    assert sorted(type(one).__name__ for one in given) == ["Collision", "Thread"]
    assert (told("chat.assigned"), Thread.objects.get().state) == (1, State.HELD)


def test_the_same_message_told_by_four_at_once_is_one():
    assemble()
    given = together(*(lambda: write("在吗", external_id="m1") for _copy in range(4)))
    assert len({one.pk for one in given}) == 1
    assert (Message.objects.count(), Contact.objects.count(), Thread.objects.count()) == (1, 1, 1)
    assert (told("chat.opened"), told("chat.customer_wrote")) == (1, 1)


def test_two_first_messages_of_one_customer_are_one_conversation():
    assemble()
    from clothier.customers.services import register

    lin = register(name="林月")
    together(
        lambda: write("网页", sender="b1", external_id="w1", customer=lin),
        lambda: write("短信", sender="13800138000", channel="sms", external_id="s1", customer=lin),
    )
    assert Thread.objects.filter(customer_id=lin).count() == 1
    assert Message.objects.filter(contact__thread__customer_id=lin).count() == 2


def test_customer_and_agent_close_at_once_and_it_is_closed_once():
    assemble()
    thread = thread_of(write("谢谢")).pk
    together(
        lambda: services.close(thread=thread, by="customer"),
        lambda: services.close(thread=thread, by="agent"),
    )
    assert (told("chat.closed"), Thread.objects.get().state) == (1, State.CLOSED)


def test_a_customer_who_writes_while_it_is_closed_is_never_lost():
    assemble()
    thread = thread_of(write("谢谢")).pk
    together(lambda: services.close(thread=thread), lambda: write("等一下", external_id="last"))
    row = Thread.objects.get()
    # Whoever was second has the last word: open with the question in it, or closed after it was read.
    assert row.last_message.external_id == "last"
    assert told("chat.opened") + (row.state == State.CLOSED) == 2


def test_nobody_gets_two_conversations_for_one_free_place(saturday):
    cast = assemble()
    on_shift(cast)
    threads = [thread_of(write("转人工", sender=f"b{n}")).pk for n in range(8)]
    together(*(lambda one=one: services.hand_over(thread=one, reason="asked") for one in threads))
    assert Thread.objects.filter(state=State.HELD, employee=cast.chen).count() == 6
    assert Thread.objects.filter(state=State.WAITING).count() == 2


def test_the_same_reply_sent_twice_at_once_is_one():
    cast = assemble()
    thread = thread_of(write("在吗")).pk
    given = together(
        *(
            lambda: services.reply(thread=thread, text="您好，我在。", actor=cast.chen.pk, key="r1")
            for _copy in range(3)
        )
    )
    sent = {one.pk for one in given if isinstance(one, Message)}
    assert len(sent) == 1
    assert all(isinstance(one, Message | Refused | Collision) for one in given)
    assert told("chat.reply_sent") == 1


def test_of_two_supervisors_who_word_a_saved_reply_anew_one_is_told():
    assemble()
    row = services.save_reply(title="查询", text="我来帮您查询")
    given = together(
        *(
            lambda text=text: services.save_reply(reply=row.pk, title="查询", text=text, seen=row.wording)
            for text in ("我马上为您查询", "请稍等，我来查询")
        )
    )
    (refusal,) = [one for one in given if isinstance(one, Refused)]
    (kept,) = [one.text for one in given if not isinstance(one, Refused)]
    row.refresh_from_db()
    assert (refusal.field, row.text) == ("seen", kept)
