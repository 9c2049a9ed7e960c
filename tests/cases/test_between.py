"""Cases and the rest of the house: chats, service cards, duplicates, the customer's card."""

import pytest
from django.utils.translation import override

from clothier.cases import services
from clothier.cases.models import Case, Rating
from clothier.cases.selectors import card_of, card_token, open_matters
from clothier.conversations import services as chats
from clothier.conversations.contracts import Blocked
from clothier.customers.selectors import timeline
from clothier.eventlog.selectors import history
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.kernel.refs import Ref
from clothier.standards.selectors import promises_for
from tests.cases.conftest import opened

HOUR, DAY = 3_600, 86_400


def angry(lin: int | None) -> int:
    told = {"channel": "web", "sender": "browser-1", "occurred_at": None, "customer": lin}
    chats.receive(**told, text="洗一次就起球，太差了！", external_id="m1")
    message = chats.receive(**told, text="我要投诉你们，马上给我答复！！", external_id="m2")
    thread = message.contact.thread_id
    chats.hand_over(thread=thread, reason="anger")
    return thread


def test_an_angry_chat_opens_one_complaint_with_its_clocks(cast, lin, worker):
    thread = angry(lin)
    worker()
    case = Case.objects.get()
    assert (case.kind, case.topic, case.customer_id, case.origin) == ("complaint", "product", lin, "chat")
    assert "起球" in case.unseal(case.sealed)
    assert list(case.threads.values_list("thread_id", flat=True)) == [thread]
    services.open_for_chat(next(e for e in history(Ref("chat", thread)) if e.type == "chat.handed_over"))
    assert Case.objects.count() == 1
    assert len(promises_for(SYSTEM, subject=case.ref)) >= 3


@pytest.mark.parametrize("known_before", [False, True])
def test_who_was_a_stranger_in_the_chat_is_the_case_s_customer_once_known(cast, lin, worker, known_before):
    if known_before:
        chats.receive(channel="sms", sender="13800138000", text="你好", external_id="s", customer=lin)
    thread = angry(None)
    worker()
    assert Case.objects.get().customer_id is None
    chats.identify(thread=thread, customer=lin, actor=cast.chen.pk)
    case = Case.objects.get()
    assert [one.case.id for one in open_matters([lin])] == [case.pk]
    assert [entry.type for entry in history(case.ref)][-1] == "case.identified"


def test_a_persons_reply_in_the_chat_is_the_first_reply_to_the_complaint(cast, lin, worker, saturday):
    thread = angry(lin)
    worker()
    case = Case.objects.get()
    services.wait(case=case.pk, waiting_for="customer", reason="等照片", actor=cast.chen.pk)
    saturday.advance(HOUR)
    chats.assign(thread=thread, employee=cast.chen.pk, actor=cast.chen.pk)
    chats.reply(thread=thread, text="非常理解您的心情，我来帮您处理", actor=cast.chen.pk, key="r1")
    chats.receive(
        channel="web", sender="browser-1", text="好的，照片来了", external_id="m3", occurred_at=None, customer=lin
    )
    worker()
    worker()
    case.refresh_from_db()
    types = [entry.type for entry in history(case.ref)]
    assert (types.count("case.reply_sent"), types.count("case.customer_wrote"), case.state) == (1, 1, "open")
    assert promises_for(SYSTEM, subject=case.ref, keys=["complaint_first_reply"])[0].state == "kept"


def test_the_service_card_opens_by_its_link_until_it_is_old_or_revoked(cast, lin, saturday):
    case = opened(cast, customer=lin)
    token = card_token(case.pk)
    assert card_of(token).case == case
    assert card_of(token[:-2] + "xx") is None
    services.revoke_card(case=case.pk, actor=cast.chen.pk)
    assert card_of(token) is None
    again = card_token(case.pk)
    saturday.advance(91 * DAY)
    assert card_of(again) is None


def test_a_duplicate_lives_on_in_the_other_case(cast, lin):
    first, second = opened(cast, customer=lin), opened(cast, customer=lin, text="还是那件毛衣")
    services.merge(case=second.pk, into=first.pk, actor=cast.chen.pk)
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("closed", first)
    assert [first.unseal(note.sealed) for note in first.notes.order_by("pk")] == ["毛衣洗一次就起球了", "还是那件毛衣"]
    with pytest.raises(Refused):
        services.reopen(case=second.pk, reason="没好", actor=None)
    with pytest.raises(Refused):
        services.merge(case=first.pk, into=opened(cast, customer=None).pk + 9, actor=cast.chen.pk)


def test_silence_closes_a_complaint_only_after_attempts_far_enough_apart(cast, saturday):
    case = opened(cast)
    services.offer_solution(case=case.pk, text="换一件", actor=cast.chen.pk)
    services.done(case=case.pk, actor=cast.chen.pk)
    for _nth in range(5):
        services.ask_confirmation(case=case.pk, channel="phone", actor=cast.chen.pk)
    saturday.advance(2 * DAY)
    with pytest.raises(Refused):
        services.close(case=case.pk, actor=cast.chen.pk)
    for _nth in range(2):
        services.ask_confirmation(case=case.pk, channel="sms", actor=cast.chen.pk)
        saturday.advance(DAY)
    services.close(case=case.pk, actor=cast.chen.pk)
    assert promises_for(SYSTEM, subject=case.ref, keys=["complaint_result"])[0].state == "cancelled"
    # It was not settled: what was asked then does not count now.
    services.reopen(case=case.pk, reason="顾客来电", actor=cast.chen.pk)
    services.offer_solution(case=case.pk, text="退款", actor=cast.chen.pk)
    services.done(case=case.pk, actor=cast.chen.pk)
    with pytest.raises(Refused):
        services.close(case=case.pk, actor=cast.chen.pk)


def test_a_customer_rates_once_and_only_what_is_settled(cast):
    case = opened(cast)
    with pytest.raises(Refused):
        services.rate(case=case.pk, score=5)
    services.offer_solution(case=case.pk, text="换一件", actor=cast.chen.pk)
    services.confirm_result(case=case.pk, actor=None)
    services.rate(case=case.pk, score=4, text="还行")
    services.rate(case=case.pk, score=1)
    assert Rating.objects.get().score == 4


def test_who_meets_the_customer_sees_what_is_open_and_the_timeline_tells_it(cast, lin):
    case = opened(cast, customer=lin, kind="repair", holder="shop")
    services.hand_over_goods(case=case.pk, holder="vendor", vendor="衣修坊", reason="换拉链", actor=cast.chen.pk)
    with override("zh-hans"):
        (matter,) = open_matters([lin])
        assert (matter.kind, matter.state, matter.case.summary) == ("维修", "在维修商处", "毛衣洗一次就起球了")
        told = [str(moment.words) for moment in timeline(cast.viewer(cast.chen), lin).moments]
    assert "货品交出" in told
    assert "开立服务单：维修" in told


def test_an_agents_curt_words_are_stopped_and_a_reply_in_the_chat_counts_once(cast, lin, worker):
    thread = angry(lin)
    worker()
    case = Case.objects.get()
    with pytest.raises(Blocked):
        services.reply(case=case.pk, text="不能退，规定就是这样", actor=cast.chen.pk)
    chats.assign(thread=thread, employee=cast.chen.pk)
    for _nth in range(2):
        services.reply_in_chat(case=case.pk, text="非常抱歉，我马上为您处理", actor=cast.chen.pk, key="tap")
    worker()
    assert [entry.type for entry in history(case.ref)].count("case.reply_sent") == 1
