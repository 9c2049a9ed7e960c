"""The link to the service card finds the customer by itself: once, on a way that is open, and visibly."""

import pytest

from clothier.cases import services
from clothier.cases.models import Case, CaseThread
from clothier.conversations import services as chats
from clothier.conversations.channels.sms.channel import Sms
from clothier.conversations.channels.wechat.channel import WeChat
from clothier.conversations.contracts import NotSent, Outgoing
from clothier.conversations.models import Dispatch, Message, Thread
from clothier.conversations.selectors import messages
from clothier.customers.contracts import Kind, NewIdentifier
from clothier.customers.models import AccessRecord
from clothier.customers.services import register, withdraw_consent
from clothier.eventlog.models import Entry
from clothier.eventlog.selectors import history
from clothier.kernel.errors import Refused
from clothier.standards.selectors import document
from tests.cases.conftest import opened

PHONE = "13800138000"


@pytest.fixture
def gateway(settings, monkeypatch) -> list[Outgoing]:
    """A gateway that takes everything, and what it took."""
    settings.CHANNELS = {"sms": {"url": "http://127.0.0.1:1/", "secret": "k"}}
    settings.ADDRESS = "https://shop.example"
    taken: list[Outgoing] = []
    monkeypatch.setattr(Sms, "send", lambda _self, out: (taken.append(out), f"gw-{len(taken)}")[1])
    return taken


@pytest.fixture
def lin(cast) -> int:
    return register(name="林晓", identifiers=[NewIdentifier(Kind.PHONE, PHONE, verified=True)])


def occasions(case) -> list[str]:
    return [entry.payload["occasion"] for entry in history(case.ref) if entry.type == "case.card_sent"]


def test_a_case_opened_at_the_counter_texts_its_card_once_and_again_when_it_is_done(cast, lin, gateway, worker, client):
    case = opened(cast, customer=lin, kind="repair", origin="store", holder="shop")
    worker()
    worker()
    chats.send_due()
    (out,) = gateway
    assert (out.address, occasions(case)) == (PHONE, ["opened"])
    path = out.text.partition("https://shop.example")[2]
    assert path.startswith("/card/")
    assert case.number in client.get(path).content.decode()
    services.hand_over_goods(case=case.pk, holder="vendor", vendor="衣修坊", reason="换拉链", actor=cast.chen.pk)
    services.receive_goods(case=case.pk, actor=cast.chen.pk)
    services.done(case=case.pk, actor=cast.chen.pk)
    worker()
    while chats.send_due():
        pass
    assert occasions(case) == ["opened", "goods_back", "done"]
    assert Dispatch.objects.filter(state="sent").count() == len(gateway) == 2 + 1
    assert AccessRecord.objects.filter(customer=lin, what="unmask", purpose="service message").count() == 3


def test_it_goes_where_the_customer_writes_from_in_their_language_and_answers_nothing(cast, lin, gateway):
    said = "The zip broke after one day!"
    heard = chats.receive(channel="web", sender="b1", text=said, external_id="m1", customer=lin)
    thread = heard.contact.thread_id
    case = opened(cast, customer=lin, thread=thread, actor=None, owner=cast.chen.pk, text=said)
    services.send_card(case=case.pk, occasion="opened", actor=None, key="k")
    services.send_card(case=case.pk, occasion="opened", actor=None, key="k")
    (notice,) = [one for one in messages(thread) if one.author == "system"]
    assert (notice.channel, gateway) == ("web", [])
    assert f"We have received your request, number {case.number}" in notice.text
    assert Thread.objects.get(pk=thread).waiting_since is not None
    # Nobody has answered since: no collision with a machine.
    chats.reply(thread=thread, text="您好，我来看看", actor=cast.chen.pk, seen=heard.pk)
    assert [entry.type for entry in history(case.ref)].count("case.card_sent") == 1


def test_after_days_the_page_is_left_and_the_telephone_is_told(cast, lin, gateway, worker, saturday):
    heard = chats.receive(channel="web", sender="b1", text="拉链坏了", external_id="m1", customer=lin)
    case = opened(cast, customer=lin, thread=heard.contact.thread_id)
    worker()
    saturday.advance(86_400)
    services.offer_solution(case=case.pk, text="免费换拉链", actor=cast.chen.pk)
    worker()
    assert list(Message.objects.filter(author="system").order_by("pk").values_list("channel", flat=True)) == [
        "web",
        "sms",
    ]


def test_who_wants_no_texts_gets_none_and_the_clerk_is_told_so(cast, lin, gateway, worker):
    withdraw_consent(customer_id=lin, purpose="service", channel="sms")
    case = opened(cast, customer=lin)
    worker()
    assert (occasions(case), Message.objects.count()) == ([], 0)
    with pytest.raises(Refused):
        services.send_card(case=case.pk, occasion="link", actor=cast.chen.pk)


def test_a_busy_gateway_is_tried_again_and_what_failed_for_good_is_sent_again_by_hand(
    cast, lin, gateway, worker, monkeypatch, saturday, client
):
    def busy(_self, out):
        raise NotSent("HTTP 503")

    monkeypatch.setattr(Sms, "send", busy)
    case = opened(cast, customer=lin)
    worker()
    for _nth in range(9):
        chats.send_due()
        saturday.advance(3_600)
    (row,) = Dispatch.objects.all()
    assert (row.state, row.attempts, row.error) == ("failed", 8, "HTTP 503")
    client.force_login(cast.chen.user)
    shown = client.get(f"/cases/{case.pk}/").content.decode()
    assert "发送失败" in shown
    assert client.post(f"/cases/{case.pk}/card/", {"key": "k1"}).status_code in (302, 303)
    row.refresh_from_db()
    assert (row.state, Message.objects.count()) == ("queued", 1)


def test_what_the_house_does_not_want_told_is_not_told(cast, lin, gateway, worker, monkeypatch):
    quiet = document("cases").model_copy(update={"card_sent_on": ("done",)})
    monkeypatch.setattr(
        "clothier.cases.services.cards.document", lambda key: quiet if key == "cases" else document(key)
    )
    case = opened(cast, customer=lin)
    worker()
    services.offer_solution(case=case.pk, text="换新", actor=cast.chen.pk)
    services.done(case=case.pk, actor=cast.chen.pk)
    worker()
    assert occasions(case) == ["done"]


def spoken(cast, lin, monkeypatch, settings) -> Case:
    """Lin wrote by WeChat, whose gateway takes nothing any more."""

    def gone(_self, _out):
        raise NotSent("43004", final=True)

    settings.CHANNELS = settings.CHANNELS | {"wechat": {"app": "a", "secret": "s", "token": "t"}}
    monkeypatch.setattr(WeChat, "send", gone)
    heard = chats.receive(channel="wechat", sender="o-lin", text="拉链坏了", external_id="w1", customer=lin)
    return opened(cast, customer=lin, thread=heard.contact.thread_id)


def cards(case) -> list[tuple[str, str, str]]:
    told = [entry.payload for entry in history(case.ref) if entry.type == "case.card_sent"]
    return [(card["occasion"], card["channel"], card.get("instead_of", "")) for card in told]


def test_a_card_that_wechat_does_not_bring_is_texted_once_and_the_case_says_so(
    cast, lin, gateway, worker, monkeypatch, settings, client
):
    case = spoken(cast, lin, monkeypatch, settings)
    worker()
    while chats.send_due():
        worker()
    assert cards(case) == [("opened", "wechat", ""), ("opened", "sms", "wechat")]
    for failed in Entry.objects.filter(type="chat.message_failed"):
        services.text_instead(failed)
    assert (len(cards(case)), [out.address for out in gateway]) == (2, [PHONE])
    client.force_login(cast.chen.user)
    assert "没有送到，改用" in client.get(f"/cases/{case.pk}/").content.decode()


def test_a_card_that_fails_is_not_texted_to_who_wants_no_texts(cast, lin, gateway, worker, monkeypatch, settings):
    withdraw_consent(customer_id=lin, purpose="service", channel="sms")
    case = spoken(cast, lin, monkeypatch, settings)
    worker()
    chats.send_due()
    worker()
    assert (cards(case), gateway) == ([("opened", "wechat", "")], [])


def test_a_failed_card_names_its_case_so_that_no_other_history_is_read(
    cast, lin, gateway, worker, monkeypatch, settings, django_assert_max_num_queries
):
    case = spoken(cast, lin, monkeypatch, settings)
    for _nth in range(5):
        opened(cast, customer=lin, thread=CaseThread.objects.get(case=case).thread_id)
    worker()
    while chats.send_due():
        worker()
    failed = Entry.objects.get(type="chat.message_failed", payload__about=f"case:{case.pk}")
    # Texted already: its own case is all that is looked at.
    with django_assert_max_num_queries(1):
        services.text_instead(failed)
