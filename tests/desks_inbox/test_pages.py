"""What Chen sees and does in the inbox."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clothier.cases.services import open_case
from clothier.conversations.contracts import Author, State
from clothier.conversations.models import Dispatch, Flag, Mention, Message, SavedReply, Thread
from clothier.conversations.services import hand_over, receive, reply
from clothier.eventlog.selectors import history
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.staff.models import Employee, Shift
from tests.knowledge.conftest import PILLING
from tests.knowledge.conftest import said as shelved

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def held(talk):
    hand_over(thread=talk, reason="anger", summary="毛衣起球，想退货")
    return talk


def test_the_list_shows_who_waits_with_the_clock_that_presses(chen, held):
    page = chen.get("/inbox/").content.decode()
    assert "林月" in page
    assert "毛衣洗一次就起球" in page
    assert 'class="ring ring--small" data-state="running"' in page
    assert f"/inbox/{held}/?box=mine" in page


def test_a_conversation_tells_why_it_was_handed_over_and_what_was_said(chen, held):
    page = chen.get(f"/inbox/{held}/").content.decode()
    assert all(words in page for words in ("情绪激动", "毛衣起球，想退货", "陈晓 接待中", "138****8000"))


def test_an_answer_is_sent_once_however_often_its_form_is(chen, held):
    for _time in range(2):
        sent = chen.post(
            f"/inbox/{held}/replies/", {"text": "您好，真的很抱歉，我来帮您处理", "key": "k", "kind": "reply"}
        )
        assert (sent.status_code, sent["Location"]) == (303, f"/inbox/{held}/")
    assert Message.objects.filter(author=Author.AGENT).count() == 1


def test_a_curt_draft_is_stopped_with_better_words_and_may_be_insisted_on_with_a_reason(chen, held, desk):
    told = {"text": "这个不能退", "key": "k", "kind": "reply"}
    stopped = chen.post(f"/inbox/{held}/replies/", told)
    page = stopped.content.decode()
    assert stopped.status_code == 422
    assert all(words in page for words in ("这个不能退</textarea>", "我们会为您申请最优解决方案", 'name="reason"'))
    assert not Message.objects.filter(author=Author.AGENT).exists()
    assert chen.post(f"/inbox/{held}/replies/", {**told, "reason": "引用顾客原话"}).status_code == 303
    flag = Flag.objects.get()
    assert (flag.rule, flag.employee_id, flag.reason) == ("no_return", desk.chen.pk, "引用顾客原话")


def test_a_note_asks_a_colleague_to_look_and_the_customer_never_sees_it(chen, held, desk):
    chen.post(f"/inbox/{held}/replies/", {"text": "@吴静 看一下", "key": "k", "kind": "note", "mention": desk.wu.pk})
    assert Message.objects.get(internal=True).author == Author.AGENT
    assert Mention.objects.get().employee_id == desk.wu.pk


def test_whoever_was_slower_keeps_the_draft_and_is_told(chen, held, desk):
    Thread.objects.filter(pk=held).update(employee=desk.wu)
    late = chen.post(f"/inbox/{held}/replies/", {"text": "您好", "key": "k", "kind": "reply"})
    assert (late.status_code, "您好</textarea>" in late.content.decode()) == (422, True)
    assert "另一位同事" in late.content.decode()


def test_taking_putting_off_closing_and_their_ways_back(chen, talk):
    chen.post(f"/inbox/{talk}/assignment/")
    assert Thread.objects.get().state == State.HELD
    until = (clock.now() + timedelta(hours=1)).isoformat()
    chen.post(f"/inbox/{talk}/snooze/", {"until": until})
    assert "林月" not in chen.get("/inbox/").content.decode()
    assert "林月" in chen.get("/inbox/?box=snoozed").content.decode()
    chen.post(f"/inbox/{talk}/waking/")
    assert Thread.objects.get().snoozed_until is None
    chen.post(f"/inbox/{talk}/closure/")
    assert Thread.objects.get().state == State.CLOSED
    chen.post(f"/inbox/{talk}/reopening/")
    assert Thread.objects.get().state == State.HELD
    chen.post(f"/inbox/{talk}/release/")
    assert Thread.objects.get().state == State.WAITING


def test_passing_on_needs_ones_own_conversation_or_a_supervisor(chen, wu, held, desk):
    Thread.objects.filter(pk=held).update(employee=desk.wu)
    refused = chen.post(f"/inbox/{held}/transfer/", {"to": desk.chen.pk}, headers={"HX-Request": "true"})
    assert (refused.status_code, Thread.objects.get().employee_id) == (409, desk.wu.pk)
    wu.post(f"/inbox/{held}/transfer/", {"to": desk.chen.pk, "note": "麻烦你了"})
    assert (Thread.objects.get().employee_id, Message.objects.filter(internal=True).count()) == (desk.chen.pk, 1)


def test_what_could_not_be_delivered_says_so_and_is_sent_again(chen, held, desk):
    sent = reply(thread=held, text="您好", actor=desk.chen.pk)
    Dispatch.objects.update(state="failed", error="对方已退订", due_at=None)
    page = chen.get(f"/inbox/{held}/").content.decode()
    assert "发送失败：对方已退订" in page
    chen.post(f"/inbox/{held}/replies/{sent.pk}/sending/")
    assert Dispatch.objects.get().state == "queued"


def test_a_wrong_answer_of_the_bot_is_marked_once_with_the_question(chen, talk):
    version = shelved(PILLING, "pilling")
    told = {"articles": [[version.article_id, version.pk]]}
    said = reply(thread=talk, text="可以机洗", actor=None, author=Author.BOT, sources=told)
    page = chen.get(f"/inbox/{talk}/").content.decode()
    assert all(words in page for words in ("毛衣起球正常吗？", f"/knowledge/{version.article_id}/", "答错了"))
    for _time in range(2):
        chen.post(f"/inbox/{talk}/replies/{said.pk}/mark/")
    from clothier.knowledge.models import Mark

    assert [mark.text for mark in Mark.objects.all()] == ["毛衣洗一次就起球"]


def test_the_guard_underlines_offers_better_words_and_counts_the_steps(chen, desk):
    told = chen.post("/inbox/guard/", {"text": "您好，这个不能退", "kind": "reply"}).json()
    assert told["hits"] == [{"start": 5, "end": 8, "severity": "stop"}]
    assert 'data-better="我们会为您申请最优解决方案"' in told["list"]
    assert told["met"] == ["greeting"]
    assert chen.post("/inbox/guard/", {"text": "这个不能退", "kind": "note"}).json()["hits"] == []


def test_saved_replies_are_offered_with_their_gaps_filled(chen, wu, held):
    assert chen.post("/inbox/saved/", {"title": "问候", "text": "{name}您好，我是{agent}"}).status_code == 303
    assert SavedReply.objects.get().owner.name == "陈晓"  # Everybody's words are for supervisors to write.
    assert "林月" in chen.get(f"/inbox/{held}/saved/?q=问候").content.decode()
    curt = wu.post("/inbox/saved/", {"title": "拒绝", "text": "这个不能退"})
    assert (curt.status_code, "不该说的表达" in curt.content.decode()) == (422, True)
    wu.post("/inbox/saved/", {"title": "查询", "text": "我来帮您查询"})
    shared = SavedReply.objects.get(title="查询")
    assert shared.owner is None
    assert chen.get(f"/inbox/saved/{shared.pk}/").status_code == 403
    wu.post(f"/inbox/saved/{shared.pk}/retirement/")
    assert "查询" not in chen.get(f"/inbox/{held}/saved/?q=查询").content.decode()


def test_the_board_is_for_supervisors_and_passes_a_late_one_on_with_one_tap(chen, wu, held, desk, saturday):
    assert chen.get("/inbox/board/").status_code == 403
    Employee.objects.filter(pk=desk.chen.pk).update(skills=["supervisor"])
    saturday.advance(120)
    page = chen.get("/inbox/board/").content.decode()
    assert all(words in page for words in ("林月", "转人工首次回复", "情绪激动", "陈晓"))
    assert f'action="/inbox/{held}/transfer/"' in page


def test_the_wording_report_counts_what_was_sent_by_person_and_month(chen, held, desk):
    reply(thread=held, text="这个不能退", actor=desk.chen.pk, insist="原话")
    page = chen.get("/inbox/wording/").content.decode()
    assert all(words in page for words in ("不能退", "2026年11月", "我们会为您申请最优解决方案"))
    assert "这个月没有一句需要提醒" in chen.get("/inbox/wording/?month=2026-10").content.decode()


def test_a_stranger_is_taken_for_the_customer_they_are(chen, desk, lin):
    message = receive(channel="web", sender="who", text="在吗", external_id="w", store=desk.store.pk)
    thread = message.contact.thread_id
    assert "林月" in chen.get(f"/inbox/{thread}/?pane=card&who=林月").content.decode()
    found = chen.post(f"/inbox/{thread}/person/", {"customer": lin})
    assert "林月" in chen.get(found["Location"]).content.decode()


def test_people_are_found_by_name_and_conversations_by_what_was_said(chen, held):
    assert "林月" in chen.get("/inbox/?q=起球").content.decode()
    assert "毛衣洗一次就起球" in chen.get("/inbox/?q=林月").content.decode()
    assert "没有找到" in chen.get("/inbox/?q=nobody").content.decode()


def test_another_stores_conversation_is_not_found(chen, desk):
    message = receive(channel="web", sender="far", text="在吗", external_id="f", store=desk.other_store.pk)
    foreign = message.contact.thread_id
    assert chen.get(f"/inbox/{foreign}/").status_code == 404
    assert chen.post(f"/inbox/{foreign}/replies/", {"text": "您好"}).status_code == 404


def test_a_file_is_opened_by_whoever_may_read_the_conversation(chen, held, desk):
    photo = SimpleUploadedFile("毛衣.png", PNG, content_type="image/png")
    chen.post(f"/inbox/{held}/replies/", {"text": "请看", "key": "k", "kind": "reply", "files": photo})
    file = Message.objects.get(author=Author.AGENT).attachments.get()
    answer = chen.get(f"/inbox/{held}/files/{file.pk}/")
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (PNG, "image/png", "nosniff")
    page = SimpleUploadedFile("a.png", b"<script>alert(1)</script>", content_type="image/png")
    assert chen.post(f"/inbox/{held}/replies/", {"text": "x", "kind": "reply", "files": page}).status_code == 422


def test_colleagues_see_who_else_is_here(chen, wu, held):
    chen.post(f"/inbox/{held}/presence/")
    assert "陈晓 也在看" in wu.get(f"/inbox/{held}/").content.decode()
    chen.post(f"/inbox/{held}/presence/", {"writing": "1"})
    assert "陈晓 正在输入" in wu.get(f"/inbox/{held}/presence/").content.decode()


@pytest.mark.parametrize(
    ("path", "most"),
    [("/inbox/", 14), ("/inbox/{}/", 40), ("/inbox/board/", 30), ("/inbox/saved/", 8), ("/inbox/wording/", 8)],
)
def test_a_page_asks_as_much_for_twelve_conversations_as_for_one(
    wu, held, desk, path, most, saturday, django_assert_max_num_queries, django_assert_num_queries
):
    address = path.format(held)
    waits = receive(channel="web", sender="s", text="在吗", external_id="s", store=desk.store.pk)
    Shift.objects.filter(post="agent").delete()  # From now on they wait.
    hand_over(thread=waits.contact.thread_id, reason="asked")
    saturday.advance(120)
    wu.get(address)
    with django_assert_max_num_queries(most) as first:
        wu.get(address)
    for n in range(11):
        row = receive(channel="web", sender=f"s{n}", text="在吗", external_id=f"s{n}", store=desk.store.pk)
        hand_over(thread=row.contact.thread_id, reason="asked")
    with django_assert_num_queries(len(first)):
        wu.get(address)


def test_beside_the_conversation_stand_open_cases_and_the_way_to_another(chen, talk, desk, lin):
    opened = open_case(
        kind="complaint", topic="product", severity="moderate", origin="chat", text="毛衣起球", store=desk.store.pk,
        customer=lin, actor=desk.chen.pk,
    )  # fmt: skip
    page = chen.get(f"/inbox/{talk}/").content.decode()
    assert f'href="/cases/{opened.pk}/"' in page
    assert f'href="/cases/new/?origin=chat&amp;customer={lin}&amp;thread={talk}"' in page


def test_a_supervisor_who_was_overtaken_sees_the_colleagues_words_before_replacing_them(wu):
    wu.post("/inbox/saved/", {"title": "查询", "text": "我来帮您查询"})
    row = SavedReply.objects.get()
    page = f"/inbox/saved/{row.pk}/"
    began = row.wording
    assert f'name="seen" value="{began}"' in wu.get(page).content.decode()
    assert wu.post(page, {"title": "查询", "text": "我马上为您查询", "seen": began}).status_code == 303
    told = wu.post(page, {"title": "查询", "text": "请稍等", "seen": began})
    row.refresh_from_db()
    said = told.content.decode()
    assert told.status_code == 422
    assert "同事改过这一条：我马上为您查询" in said
    assert f'name="seen" value="{row.wording}"' in said
    assert wu.post(page, {"title": "查询", "text": "请稍等", "seen": row.wording}).status_code == 303
    row.refresh_from_db()
    assert row.text == "请稍等"


def test_the_answer_to_a_reply_says_up_to_where_the_log_was_read_so_that_the_feed_asks_only_for_what_is_newer(
    chen, talk
):
    asked = {"HX-Request": "true", "HX-Trigger": "composer"}
    page = chen.post(f"/inbox/{talk}/replies/", {"text": "您好，请发张照片", "key": "k"}, headers=asked, follow=True)
    shown = re.search(r'id="messages"[^>]* data-upto="(\d+)"', page.content.decode())
    assert shown
    assert int(shown[1]) == history(Ref("chat", talk)).last().pk
    receive(channel="web", sender="lin", text="好的，这就拍", external_id="m2")
    assert history(Ref("chat", talk)).last().pk > int(shown[1])
