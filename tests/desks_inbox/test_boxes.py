"""The boxes of the inbox: who has the word, what did not arrive, and who was promised an answer soonest."""

import re

from clothier.conversations.contracts import Box
from clothier.conversations.models import Dispatch, Thread
from clothier.conversations.selectors import inbox_for
from clothier.conversations.services import assign, close, hand_over, receive, reply
from clothier.standards.models import Promise


def asks(desk, sender: str, *, held: bool = True) -> int:
    message = receive(channel="web", sender=sender, text=f"在吗 {sender}", external_id=sender, store=desk.store.pk)
    if held:
        assign(thread=message.contact.thread_id, employee=desk.chen.pk)
    return message.contact.thread_id


def listed(client, box: str) -> list[int]:
    page = client.get(f"/inbox/?box={box}").content.decode()
    return [int(pk) for pk in re.findall(rf'/inbox/(\d+)/\?box={box}"', page)]


def test_what_was_answered_waits_for_the_customer_and_stands_last_among_ones_own(chen, desk, saturday):
    answered = asks(desk, "a")
    reply(thread=answered, text="您好", actor=desk.chen.pk)
    saturday.advance(30)
    waits = asks(desk, "b")
    assert listed(chen, "answered") == [answered]
    assert listed(chen, "mine") == [waits, answered]
    receive(channel="web", sender="a", text="谢谢，还有一件", external_id="a2")
    assert listed(chen, "answered") == []


def test_whoever_was_promised_an_answer_soonest_stands_first(chen, desk, saturday):
    first = asks(desk, "a")
    saturday.advance(10)
    second = asks(desk, "b")
    for thread in (first, second):
        receive(channel="web", sender={first: "a", second: "b"}[thread], text="?", external_id=f"more{thread}")
    Promise.objects.filter(subject_kind="chat", subject_id=second).update(due_at=saturday.now())
    assert listed(chen, "mine") == [second, first]


def test_what_did_not_arrive_is_in_a_box_until_the_conversation_is_over(chen, desk, saturday):
    thread = asks(desk, "a")
    reply(thread=thread, text="您好", actor=desk.chen.pk)
    assert listed(chen, "failed") == []
    Dispatch.objects.update(state="failed", due_at=None)
    assert listed(chen, "failed") == [thread]
    assert 'box=failed">未送达<small>1</small>' in chen.get("/inbox/").content.decode()
    saturday.advance(1)
    close(thread=thread)
    receive(channel="web", sender="a", text="又来了", external_id="later")
    assert listed(chen, "failed") == []


def test_ones_own_are_read_page_by_page_those_who_wait_first(desk, saturday):
    threads = []
    for place in range(5):
        threads.append(asks(desk, f"s{place}"))
        saturday.advance(1)
    for thread in threads[:2]:
        reply(thread=thread, text="您好", actor=desk.chen.pk)
        saturday.advance(1)
    viewer, cursor, seen = desk.viewer(desk.chen), "", []
    while page := inbox_for(viewer, Box.MINE, before=cursor, limit=2):
        seen += [one.id for one in page]
        cursor = page[-1].cursor
    assert seen == [*threads[2:], threads[1], threads[0]]
    assert Thread.objects.count() == len(seen)


def test_a_list_seen_whole_follows_its_own_chats_and_what_moves_and_not_the_words_of_others(chen, talk):
    hand_over(thread=talk, reason="asked")
    mine = f"live:chat.moved from:body, live:chat-{talk} from:body, live:promise from:body"
    assert f'hx-trigger="{mine}"' in chen.get("/inbox/?box=mine").content.decode()
    for found in ("?box=closed", "?box=answered", "?q=林月", "?box=mine&before=0.0.0"):
        assert (
            'hx-trigger="live:chat from:body, live:promise from:body"' in chen.get(f"/inbox/{found}").content.decode()
        )
