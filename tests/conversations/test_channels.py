"""Each channel's contract, against a server that speaks its protocol."""

import base64
import json
import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from clothier.conversations import services
from clothier.conversations.channels.registry import channel_of
from clothier.conversations.channels.sms.channel import signature as sms_signature
from clothier.conversations.channels.wechat.crypto import Envelope, Forged, signature
from clothier.conversations.contracts import Author, NewFile, NotSent, Outgoing
from clothier.conversations.models import Contact, Dispatch, Message
from clothier.conversations.selectors import messages
from clothier.eventlog.models import Entry
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from tests.cast import Cast
from tests.conversations.said import thread_of, write
from tests.conversations.servers import Web, aes_key, imap, web

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def far():
    with web() as server:
        yield server


@pytest.fixture
def wechat(settings, far: Web):
    settings.CHANNELS = {"wechat": {"app": "wx1", "secret": "s", "token": "t", "aes_key": aes_key(), "base": far.base}}
    far.will("/cgi-bin/stable_token", {"access_token": "a1", "expires_in": 7200})
    return channel_of("wechat")


def replied(sender: str = "o-lin", channel: str = "wechat", text: str = "您好，我来帮您查。") -> Dispatch:
    thread = thread_of(write("在吗", channel=channel, sender=sender))
    sent = services.reply(thread=thread.pk, text=text, actor=None, author=Author.BOT)
    return Dispatch.objects.get(message=sent)


def wechat_call(text: str = "在吗", number: str = "1001", key: str = "", token: str = "t") -> tuple[str, bytes]:
    inner = (
        "<xml><ToUserName>gh</ToUserName><FromUserName>o-lin</FromUserName><CreateTime>1794621600</CreateTime>"
        f"<MsgType>text</MsgType><Content><![CDATA[{text}]]></Content><MsgId>{number}</MsgId></xml>"
    )
    sealed = Envelope(key or aes_key(), "wx1").seal(inner.encode())
    signed = signature(token, "1794621600", "n", sealed)
    query = f"?timestamp=1794621600&nonce=n&encrypt_type=aes&msg_signature={signed}"
    return query, f"<xml><ToUserName>gh</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()


def test_wechat_proves_its_address_and_forgeries_are_turned_away(wechat, desk: Cast, client: Client):
    good = {"timestamp": "1", "nonce": "n", "signature": signature("t", "1", "n"), "echostr": "hello"}
    assert client.get("/channels/wechat/", good).content == b"hello"
    assert client.get("/channels/wechat/", {**good, "nonce": "x"}).status_code == 403
    query, body = wechat_call(token="another")
    assert client.post(f"/channels/wechat/{query}", body, content_type="text/xml").status_code == 403
    assert Message.objects.count() == 0


def test_a_wechat_message_arrives_once_however_often_it_is_told(wechat, desk: Cast, client: Client):
    query, body = wechat_call("大衣可以机洗吗😀")
    for _time in range(3):
        assert client.post(f"/channels/wechat/{query}", body, content_type="text/xml").content == b"success"
    (message,) = Message.objects.select_related("contact")
    assert [m.text for m in messages(message.contact.thread_id)] == ["大衣可以机洗吗😀"]
    assert (message.occurred_at.timestamp(), message.contact.proven) == (1794621600, True)


def test_entities_in_xml_are_refused(wechat, desk: Cast, client: Client):
    body = b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'
    assert client.post("/channels/wechat/?timestamp=1&nonce=n", body, content_type="text/xml").status_code == 403


def test_an_envelope_for_another_account_does_not_open():
    sealed = Envelope(aes_key(), "wx2").seal(b"hello")
    with pytest.raises(Forged):
        Envelope(aes_key(), "wx1").open(sealed)
    assert Envelope(aes_key(), "wx2").open(sealed) == b"hello"


def test_a_wechat_picture_is_fetched_and_kept(wechat, far: Web, desk: Cast):
    far.will("/cgi-bin/media/get", PIXEL)
    told = {"MsgType": "image", "MediaId": "m", "FromUserName": "o-lin", "MsgId": "7", "CreateTime": "1"}
    services.callbacks.hear_wechat(wechat, told)
    (view,) = messages(Contact.objects.get().thread_id)
    assert (view.text, view.files[0].media_type) == ("", "image/png")


def test_a_wechat_reply_is_sent_with_a_token_that_is_asked_for_anew(wechat, far: Web, desk: Cast):
    far.will("/cgi-bin/message/custom/send", {"errcode": 42001}, {"errcode": 0})
    row = replied()
    assert services.send_due() == 1
    row.refresh_from_db()
    assert row.state == "sent"
    sent = [asked for asked in far.asked if asked.path.endswith("/send")]
    assert [asked.json["text"]["content"] for asked in sent] == ["您好，我来帮您查。"] * 2
    assert sent[0].json["touser"] == "o-lin"


def test_what_wechat_will_never_take_fails_at_once_and_can_be_sent_again(wechat, far: Web, desk: Cast):
    far.will("/cgi-bin/message/custom/send", {"errcode": 45015})
    row = replied()
    services.send_due()
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "WeChat 45015")
    assert Entry.objects.filter(type="chat.message_failed").count() == 1
    assert services.resend(message=row.pk) is True
    far.will("/cgi-bin/message/custom/send", {"errcode": 0})
    services.send_due()
    row.refresh_from_db()
    assert row.state == "sent"


def test_what_fails_for_now_is_tried_later_and_later(wechat, far: Web, desk: Cast, saturday: clock.SimulatedClock):
    far.will("/cgi-bin/message/custom/send", {"errcode": -1})
    row = replied()
    pauses = []
    for _try in range(8):
        services.send_due()
        row.refresh_from_db()
        if row.due_at is None:
            break
        pauses.append((row.due_at - clock.now()).total_seconds())
        assert services.send_due() == 0
        saturday.move_to(row.due_at)
    assert (row.state, len(pauses)) == ("failed", 7)
    assert all(2**n * 0.75 <= pause <= 2**n * 1.25 for n, pause in enumerate(pauses, start=1))


def test_replies_to_one_address_arrive_in_their_order(wechat, far: Web, desk: Cast):
    far.will("/cgi-bin/message/custom/send", {"errcode": -1}, {"errcode": 0})
    first = replied(text="第一句")
    services.reply(thread=first.message.contact.thread_id, text="第二句", actor=None, author=Author.BOT)
    assert (services.send_due(), services.send_due()) == (1, 0)


def test_wechat_allows_five_replies_in_two_days(wechat, desk: Cast, saturday: clock.SimulatedClock):
    thread = thread_of(write("转人工", channel="wechat", sender="o-lin")).pk
    for number in range(3):
        services.reply(thread=thread, text=f"答 {number}", actor=None, author=Author.BOT)
    with pytest.raises(Refused, match="不再允许"):
        services.reply(thread=thread, text="机器人第四句", actor=None, author=Author.BOT)
    for number in range(2):
        services.reply(thread=thread, text=f"人工 {number}", actor=desk.chen.pk)
    with pytest.raises(Refused, match="不再允许"):
        services.reply(thread=thread, text="第六句", actor=desk.chen.pk)
    write("还在吗", channel="wechat", sender="o-lin")
    services.reply(thread=thread, text="在的", actor=desk.chen.pk)
    saturday.advance(48 * 3600)
    with pytest.raises(Refused, match="不再允许"):
        services.reply(thread=thread, text="太晚", actor=desk.chen.pk)


def test_wecom_news_are_fetched_from_where_we_stopped(settings, far: Web, desk: Cast, client: Client):
    told = {"corp": "ww1", "secret": "s", "token": "t", "aes_key": aes_key(), "base": far.base}
    settings.CHANNELS = {"wecom": told}
    far.will("/cgi-bin/gettoken", {"access_token": "a", "expires_in": 7200})
    page = {"origin": 3, "msgtype": "text", "open_kfid": "kf", "external_userid": "wm-lin", "send_time": 1794621600}
    news = [
        {"next_cursor": "c1", "has_more": 1, "msg_list": [{**page, "msgid": "1", "text": {"content": "一"}}]},
        {"next_cursor": "c2", "has_more": 0, "msg_list": [{**page, "msgid": "2", "text": {"content": "二"}}]},
    ]
    far.will("/cgi-bin/kf/sync_msg", *news, {"next_cursor": "c2", "has_more": 0, "msg_list": []})
    inner = b"<xml><Event>kf_msg_or_event</Event><Token>x</Token><OpenKfId>kf</OpenKfId></xml>"
    sealed = Envelope(aes_key(), "ww1").seal(inner)
    query = f"?timestamp=1&nonce=n&msg_signature={signature('t', '1', 'n', sealed)}"
    body = f"<xml><Encrypt>{sealed}</Encrypt></xml>"
    for _time in range(2):
        assert client.post(f"/channels/wecom/{query}", body, content_type="text/xml").content == b"success"
    thread = Contact.objects.get().thread_id
    assert [m.text for m in messages(thread)] == ["一", "二"]
    asked = [one.json["cursor"] for one in far.asked if one.path.endswith("sync_msg")]
    assert asked == ["", "c1", "c2"]
    far.will("/cgi-bin/kf/send_msg", {"errcode": 0, "msgid": "m"})
    services.reply(thread=thread, text="您好", actor=None, author=Author.BOT)
    services.send_due()
    sent = far.asked[-1].json
    assert (sent["touser"], sent["open_kfid"], sent["text"]) == ("wm-lin", "kf", {"content": "您好"})


def test_sms_goes_out_and_comes_in_signed(settings, far: Web, desk: Cast, lin: int, client: Client):
    settings.CHANNELS = {"sms": {"url": f"{far.base}/send", "secret": "k"}}
    body = json.dumps({"id": "9", "from": "13800138000", "text": "我的积分"}).encode()
    at = str(int(clock.now().timestamp()))
    headers = {"X-Timestamp": at, "X-Signature": sms_signature("k", at, body)}
    post = {"data": body, "content_type": "application/json"}
    assert client.post("/channels/sms/", **post, headers={**headers, "X-Signature": "00"}).status_code == 403
    assert client.post("/channels/sms/", **post, headers=headers).status_code == 204
    contact = Contact.objects.get()
    assert (contact.customer_id, contact.proven) == (lin, False)
    far.will("/send", {"number": "gw-1"})
    sent = services.reply(thread=contact.thread_id, text="您好", actor=None, author=Author.BOT)
    services.send_due()
    out = far.asked[-1]
    assert out.json == {"id": str(sent.pk), "to": "13800138000", "text": "您好"}
    assert out.headers["x-signature"] == sms_signature("k", out.headers["x-timestamp"], out.body)
    services.callbacks.hear_sms({"number": "gw-1", "state": "delivered"})
    services.callbacks.hear_sms({"number": "gw-1", "state": "nonsense"})
    assert Dispatch.objects.get().state == "delivered"


def test_an_old_signature_is_worth_nothing(settings, desk: Cast, saturday: clock.SimulatedClock):
    settings.CHANNELS = {"sms": {"url": "http://127.0.0.1:1/", "secret": "k"}}
    body, at = b'{"from": "1"}', str(int(clock.now().timestamp()))
    saturday.advance(301)
    assert channel_of("sms").hear(at, sms_signature("k", at, body), body) is None
    with pytest.raises(NotSent) as silent:
        channel_of("sms").send(Outgoing(message=1, thread=1, address="1", text="x"))
    assert silent.value.final is False


class Sink:
    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.refuse = ""

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.refuse:
            return self.refuse
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def post_office(settings, desk: Cast):
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.CHANNELS = {
        "email": {"sender": "service@clothier.example", "host": "127.0.0.1", "port": port, "tls": "none"}
    }
    yield sink
    controller.stop()


def letter(number: str, *, text: str = "请问什么时候到货？", sender: str = "lin@example.com", **headers: str) -> bytes:
    told = {"From": f"林月 <{sender}>", "To": "service@clothier.example", "Subject": "到货", **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"{head}Message-ID: <{number}@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()


def fetch(settings, *letters: bytes) -> None:
    with imap(*letters) as box:
        settings.CHANNELS["email"] |= {"imap_host": "127.0.0.1", "imap_port": box.port, "imap_tls": "none"}
        services.fetch_letters()
        assert box.marked is False


def test_a_letter_becomes_a_message_and_its_answer_goes_into_its_thread(settings, post_office: Sink):
    quoted = "请问什么时候到货？\r\n\r\n在 2026年11月13日，衣诺 写道：\r\n> 您好"
    fetch(settings, letter("1", text=quoted))
    (message,) = Message.objects.select_related("contact")
    assert [m.text for m in messages(message.contact.thread_id)] == ["到货\n\n请问什么时候到货？"]
    sent = services.reply(thread=message.contact.thread_id, text="您好，周三到。", actor=None, author=Author.BOT)
    services.send_due()
    out = message_from_bytes(post_office.letters[0], policy=default)
    assert (out["To"], out["Subject"], out["In-Reply-To"]) == ("lin@example.com", "Re: 到货", "<1@example.com>")
    assert (out["References"], out["Auto-Submitted"]) == ("<1@example.com>", "auto-replied")
    assert out.get_content().strip() == "您好，周三到。"
    assert out["Message-ID"] == f"<chat-{message.contact.thread_id}-{sent.pk}@clothier.example>"


def test_letters_are_read_once_and_those_with_a_new_numbering_too(settings, post_office: Sink):
    letters = [letter("1"), letter("2")]
    fetch(settings, *letters)
    fetch(settings, *letters, letter("3"))
    services.letters.Cursor.objects.update(value="6:9")
    fetch(settings, *letters, letter("3"))
    assert Message.objects.count() == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.com>"},
        {"sender": "service@clothier.example"},
        {"sender": "mailer-daemon@example.com"},
    ],
)
def test_machines_are_not_answered(settings, post_office: Sink, headers: dict[str, str]):
    fetch(settings, letter("1", **headers))
    assert Message.objects.count() == 0


def test_two_machines_that_do_not_say_so_stop_all_the_same(settings, post_office: Sink):
    fetch(settings, *(letter(str(number), text=f"收到 {number}") for number in range(25)))
    assert Message.objects.count() == 20


def test_a_bounce_fails_the_letter_it_bounced(settings, post_office: Sink):
    fetch(settings, letter("1"))
    sent = services.reply(thread=Contact.objects.get().thread_id, text="您好", actor=None, author=Author.BOT)
    services.send_due()
    number = Dispatch.objects.get(message=sent).number
    fetch(settings, letter("1"), letter("2", text=f"undeliverable {number}", sender="mailer-daemon@example.com"))
    assert Dispatch.objects.get(message=sent).state == "failed"


def test_a_letter_with_a_page_and_a_picture_becomes_words_and_a_file(settings, post_office: Sink):
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "lin@example.com", "照片", "<9@example.com>"
    made.set_content("<style>p{}</style><p>起球了&amp;掉色</p><script>alert(1)</script>", subtype="html")
    made.add_attachment(PIXEL, maintype="image", subtype="png", filename="毛衣.png")
    made.add_attachment(b"MZ...", maintype="application", subtype="pdf", filename="a.pdf")
    fetch(settings, made.as_bytes())
    (view,) = messages(Contact.objects.get().thread_id)
    assert view.text == "照片\n\n起球了&掉色"
    assert [(file.name, file.media_type) for file in view.files] == [("毛衣.png", "image/png")]


def test_a_refused_letter_fails_and_a_busy_server_is_asked_again(settings, post_office: Sink):
    fetch(settings, letter("1"))
    post_office.refuse = "451 busy"
    sent = services.reply(thread=Contact.objects.get().thread_id, text="您好", actor=None, author=Author.BOT)
    services.send_due()
    row = Dispatch.objects.get(message=sent)
    assert (row.state, row.error) == ("queued", "SMTP 451")
    post_office.refuse = "550 no such user"
    Dispatch.objects.update(due_at=clock.now())
    services.send_due()
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "SMTP 550")


def test_what_a_page_has_shown_is_delivered_and_then_read(desk: Cast):
    thread = thread_of(write("在吗"))
    sent = services.reply(thread=thread.pk, text="在的", actor=None, author=Author.BOT)
    contacts = [sent.contact_id]
    assert Dispatch.objects.get().state == "sent"
    assert services.mark_seen(contacts=contacts, upto=sent.pk, read=False) == 1
    assert services.mark_seen(contacts=contacts, upto=sent.pk, read=True) == 1
    assert services.mark_seen(contacts=contacts, upto=sent.pk, read=False) == 0
    assert Dispatch.objects.get().state == "read"


def test_a_flood_is_stopped(desk: Cast):
    for _number in range(60):
        write("啊")
    with pytest.raises(Refused, match="太快"):
        write("啊")


def uploaded(far: Web) -> list[str]:
    return [asked.query["type"] for asked in far.asked if asked.path.endswith("/media/upload")]


def test_a_wechat_reply_with_a_picture_is_two_messages_and_what_has_gone_goes_once(
    wechat, far: Web, desk: Cast, saturday: clock.SimulatedClock
):
    far.will("/cgi-bin/message/custom/send", {"errcode": 0})
    far.will("/cgi-bin/media/upload", {"errcode": -1}, {"media_id": "m1"})
    thread = thread_of(write("在吗", channel="wechat", sender="o-lin"))
    files = [NewFile('a"b.png', PIXEL)]
    sent = services.reply(thread=thread.pk, text="您看这张", actor=desk.chen.pk, attachments=files)
    services.send_due()
    assert Dispatch.objects.get(message=sent).state == "queued"
    saturday.advance(10)
    services.send_due()
    assert Dispatch.objects.get(message=sent).state == "sent"
    told = [asked.json for asked in far.asked if asked.path.endswith("/send")]
    assert [one["msgtype"] for one in told] == ["text", "image"]
    assert (told[1]["image"], uploaded(far)) == ({"media_id": "m1"}, ["image", "image"])
    body = next(asked.body for asked in far.asked if asked.path.endswith("/upload"))
    assert b'name="media"; filename="a_b.png"' in body
    assert PIXEL in body
    assert Contact.objects.get().replies == 2


def test_a_file_the_channel_has_no_way_for_is_refused_with_a_clear_word(wechat, settings, far: Web, desk: Cast, lin):
    thread = thread_of(write("在吗", channel="wechat", sender="o-lin"))
    with pytest.raises(Refused, match=r"这个渠道不能发送这种文件：a\.pdf"):
        services.reply(thread=thread.pk, text="", actor=desk.chen.pk, attachments=[NewFile("a.pdf", b"%PDF-1.7")])
    large = NewFile("a.png", PIXEL + b"\0" * (10 * 1024 * 1024))
    with pytest.raises(Refused, match="最多 10 MB"):
        services.reply(thread=thread.pk, text="", actor=desk.chen.pk, attachments=[large])
    assert Contact.objects.get().replies == 0
    settings.CHANNELS = {"sms": {"url": far.base, "secret": "s"}}
    sms = thread_of(write("在吗", channel="sms", sender="13900139000"))
    with pytest.raises(Refused, match="只能发文字"):
        services.reply(thread=sms.pk, text="请看", actor=desk.chen.pk, attachments=[NewFile("a.png", PIXEL)])


def test_wecom_brings_pictures_and_files_both_ways(settings, far: Web, desk: Cast):
    told = {"corp": "ww1", "secret": "s", "token": "t", "aes_key": aes_key(), "base": far.base}
    settings.CHANNELS = {"wecom": told}
    far.will("/cgi-bin/gettoken", {"access_token": "a", "expires_in": 7200})
    news = {"origin": 3, "open_kfid": "kf", "external_userid": "wm-lin", "send_time": 1794621600}
    page = {**news, "msgtype": "image", "msgid": "1", "image": {"media_id": "their"}}
    gone = {**news, "msgtype": "file", "msgid": "2", "file": {"media_id": "program"}}
    far.will("/cgi-bin/kf/sync_msg", {"next_cursor": "c", "has_more": 0, "msg_list": [page, gone]})
    far.will("/cgi-bin/media/get", PIXEL, b"MZ program")
    services.callbacks.hear_wecom(channel_of("wecom"), {"Event": "kf_msg_or_event", "OpenKfId": "kf"})
    thread = Contact.objects.get().thread_id
    first, second = messages(thread)
    assert (first.text, [(one.name, one.media_type) for one in first.files]) == ("", [("image.png", "image/png")])
    assert (second.text, second.files) == ("[文件]", ())
    far.will("/cgi-bin/kf/send_msg", {"errcode": 0})
    far.will("/cgi-bin/media/upload", {"media_id": "m1"}, {"media_id": "m2"})
    files = [NewFile("a.png", PIXEL), NewFile("b.pdf", b"%PDF-1.7")]
    services.reply(thread=thread, text="", actor=desk.chen.pk, attachments=files)
    services.send_due()
    sent = [asked.json for asked in far.asked if asked.path.endswith("send_msg")]
    assert [(one["msgtype"], one[one["msgtype"]]["media_id"]) for one in sent] == [("image", "m1"), ("file", "m2")]
    assert len({one["msgid"] for one in sent}) == 2
    assert uploaded(far) == ["image", "file"]
