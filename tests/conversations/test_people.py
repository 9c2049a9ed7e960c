"""One customer, one conversation: across channels, when records turn out to be one person, and when they do not."""

from clothier.conversations import services
from clothier.conversations.contracts import State
from clothier.conversations.models import Contact, Thread
from clothier.conversations.selectors import messages, thread_for
from clothier.customers.services import erase, merge, register, unmerge
from tests.cast import Cast
from tests.conversations.said import thread_of, write


def test_one_customer_has_one_conversation_across_channels(lin: int):
    one = thread_of(write("在网页上问", customer=lin))
    two = thread_of(write("在短信里问", channel="sms", sender="13800138000", customer=lin))
    assert one.pk == two.pk
    assert [m.text for m in messages(one.pk)] == ["在网页上问", "在短信里问"]


def test_a_stranger_who_becomes_known_keeps_what_was_said(lin: int):
    thread = thread_of(write("我的大衣修好了吗"))
    services.identify(thread=thread.pk, customer=lin)
    assert thread_of(write("在吗")).customer_id == lin
    assert Thread.objects.count() == 1


def test_a_stranger_who_turns_out_to_be_somebody_we_talk_with_joins_that_conversation(desk: Cast, lin: int):
    known = thread_of(write("短信", channel="sms", sender="13800138000", customer=lin))
    stranger = thread_of(write("网页"))
    services.hand_over(thread=stranger.pk, reason="asked")
    services.identify(thread=stranger.pk, customer=lin)
    joined = thread_for(desk.viewer(desk.chen), stranger.pk)
    assert (joined.id, joined.state, joined.employee_id) == (known.pk, State.HELD, desk.chen.pk)
    assert [m.text for m in messages(known.pk)] == ["短信", "网页"]
    services.reply(thread=stranger.pk, text="您好", actor=desk.chen.pk, key="r")
    assert [m.text for m in messages(known.pk)] == ["短信", "网页", "您好"]


def test_conversations_of_merged_customers_join_and_part_again(desk: Cast, lin: int):
    other = register(name="林小月", store=desk.store.pk)
    first = thread_of(write("我是一号", customer=lin))
    second = thread_of(write("我是二号", sender="browser-2", customer=other))
    link = merge(a=lin, b=other)
    assert [m.text for m in messages(first.pk)] == ["我是一号", "我是二号"]
    assert thread_of(write("合并以后", sender="browser-2", customer=other)).pk == first.pk
    unmerge(link_id=link)
    assert [m.text for m in messages(first.pk)] == ["我是一号"]
    assert [m.text for m in messages(second.pk)] == ["我是二号", "合并以后"]
    assert thread_for(desk.viewer(desk.chen), second.pk).id == second.pk


def test_what_an_erased_customer_said_can_never_be_read_again(desk: Cast, lin: int):
    thread = thread_of(write("我的地址是解放路 12 号", customer=lin))
    erase(customer_id=lin)
    assert [m.text for m in messages(thread.pk)] == [None]
    assert Contact.objects.get(thread=thread).key is None
    assert thread_of(write("又是我")).pk != thread.pk
