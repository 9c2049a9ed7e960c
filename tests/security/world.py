"""One of everything that an address can name: a store's own things twice, in this store and in the other.

What is the chain's (customers, styles, rules, imports, keys) has the same number in both; whatever differs is a store's
own, and nobody of the other store may reach it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from clothier.api.models import ApiKey, Posting
from clothier.api.services import create_key, subscribe
from clothier.api.webhooks import guard
from clothier.bookings.models import Activity, Appointment
from clothier.bookings.services import sign_up
from clothier.cases import services as cases
from clothier.cases.selectors import card_token
from clothier.catalog.models import Sku
from clothier.catalog.services import upsert_style
from clothier.checkout import services as checkout
from clothier.checkout.selectors import cart_link, door_link, receipt_link
from clothier.conversations import services as conversations
from clothier.conversations.contracts import Author, NewFile
from clothier.customers import services as customers
from clothier.customers.contracts import NewIdentifier
from clothier.customers.models import Duplicate, Fact, Identifier, Link, Tagging, Wearer
from clothier.customers.rules.identifiers import Kind
from clothier.desks.chat.doors import guest_of, new_secret
from clothier.desks.kiosk.selectors import room_token
from clothier.desks.kiosk.services import pair
from clothier.eventlog.models import Delivery, Entry
from clothier.imports.models import Import
from clothier.kernel import clock
from clothier.kernel.refs import Ref
from clothier.knowledge import services as knowledge
from clothier.knowledge.contracts import ArticleFacts
from clothier.loyalty.contracts import CampaignRule
from clothier.loyalty.services import grant, save_campaign
from clothier.payments import services as payments
from clothier.payments.contracts import Method
from clothier.payments.models import Discrepancy, Flag, Payment
from clothier.places.models import Store
from clothier.rewards import services as rewards
from clothier.rewards.contracts import CouponKind
from clothier.settlement.models import Difference, Statement
from clothier.settlement.services import add_till, open_till
from clothier.staff.models import Employee, Shift
from clothier.standards.models import Promise
from clothier.standards.selectors import shipped_text
from clothier.standards.services import publish, save_draft
from clothier.visits import services as visits
from clothier.visits.models import Room, Step
from tests.cast import Cast
from tests.catalog.conftest import COAT, save_basics
from tests.standards.conftest import OPERATOR

# By the address up to the parameter, and the parameter's name; the longest beginning that fits counts.
Values = dict[tuple[str, str], Any]
NOBODY = 987_654
# Written into whatever free text a thing of the other store has: no page of this store's people may show it.
MARK = "外店绝密"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16
NAME, PHONE = "林绝密", "13900001234"


@dataclass(frozen=True)
class World:
    """`screen` is the token of this store's own kiosk."""

    cast: Cast
    own: Values
    foreign: Values
    screen: str


def build(cast: Cast) -> World:
    save_basics()
    upsert_style(style=COAT)
    chain = (
        {("inbox/", "saved"): conversations.save_reply(title="问候", text="您好").pk}
        | {("", "style"): COAT.code, ("api/", "code"): COAT.code, ("", "sku"): Sku.objects.order_by("pk")[0].pk}
        | _people(cast)
        | _head_office(cast)
        | _rewards()
        | _library()
    )
    own, screen = _of_a_store(cast.store, cast.zhou, "本店")
    stranger = Employee.objects.create(number="x001", name=MARK, role="associate", home_store=cast.other_store)
    foreign, _screen = _of_a_store(cast.other_store, stranger, MARK)
    chain |= _looked_at()
    return World(cast, chain | own, chain | foreign, screen)


def _of_a_store(store: Store, employee: Employee, words: str) -> tuple[Values, str]:
    now = clock.now()
    room = Room.objects.create(store=store, number=words[:10])
    visit = visits.arrive(store=store.pk, customer=customers.register(name="来客", store=store.pk))
    visits.greet(visit=visit.pk, actor=employee.pk)
    fitting = visits.open_fitting(visit=visit.pk, actor=employee.pk, room=room.pk)
    visits.try_item(fitting=fitting.pk, sku=Sku.objects.order_by("pk")[0].pk, outcome="kept", actor=employee.pk)
    bell = visits.ring_bell(store=store.pk, source="kiosk")
    task = visits.raise_task(store=store.pk, day=visit.arrived_at.date(), title=f"盘点{words}")
    begins = now + timedelta(days=1)
    shift = Shift.objects.create(
        employee=employee, store=store, post="associate", starts_at=begins, ends_at=begins + timedelta(hours=8)
    )
    activity = Activity.objects.create(
        store=store, title=f"活动{words}", starts_at=now, ends_at=now + timedelta(hours=2), capacity=5
    )
    coming = customers.register(name="约好的", store=store.pk)
    signed = sign_up(activity=activity.pk, customer=coming)
    appointment = Appointment.objects.create(
        store=store, customer_id=coming, at=now + timedelta(hours=1), purpose=f"来意{words}"
    )
    device, screen = pair(store=store.pk, name=f"屏幕{words}", actor=None)
    till = add_till(store=store.pk, code="t1", name=f"台{words}")
    session = open_till(till=till.pk, float_fen=50_000, actor=employee.pk)
    difference = Difference.objects.create(
        key=f"trial:{words}",
        side="wechat",
        kind="amount",
        date=now.date(),
        store=store,
        reference=words,
        ours_fen=100,
        theirs_fen=90,
        found_at=now,
        changed_at=now,
    )
    promise = Promise.objects.filter(store_id=store.pk).first()
    assert promise is not None
    payment, part = _given_back(store, words)
    values = {
        "payment": payment,
        "part": part,
        "visit": visit.pk,
        "fitting": fitting.pk,
        "bell": bell.pk,
        "task": task.pk,
        "shift": shift.pk,
        "step": Step.objects.filter(visit=visit.pk).order_by("pk")[0].pk,
        "employee": employee.pk,
        "code": store.code,
        "store": store.code,
        "device": device.pk,
        "activity": activity.pk,
        "sign_up": signed.pk,
        "appointment": appointment.pk,
        "token": room_token(room.pk),
        "till": till.pk,
        "session": session.pk,
        "difference": difference.pk,
        "change": Entry.objects.filter(store_id=store.pk)[0].pk,
    }
    told = {("", name): value for name, value in values.items()} | {("rules/promises/", "pk"): promise.pk}
    return told | _of_the_till(store, employee) | _of_a_case(store, employee, words) | _of_a_chat(store, words), screen


def _of_the_till(store: Store, employee: Employee) -> Values:
    """A cart that is open, and a sale that was made."""
    code = Sku.objects.order_by("pk")[0].code
    sold, cart = (checkout.open_cart(store=store.pk, mode="silent", actor=employee.pk) for _one in range(2))
    for one in (sold, cart):
        checkout.scan(cart=one.pk, code=code, actor=employee.pk)
    order = checkout.pay_cash(cart=sold.pk, tendered_fen=10_000_00, actor=employee.pk, key=f"cash:{sold.pk}").order_id
    return {
        ("till/", "cart"): cart.pk,
        ("till/", "line"): cart.lines.get().pk,
        ("till/", "coupon"): NOBODY,
        ("till/", "order"): order,
        ("me/", "order"): order,
        ("till/receipts/", "token"): receipt_link(order or 0),
        ("till/self/", "token"): door_link(store.pk),
        ("till/self/carts/", "token"): cart_link(cart.pk),
    }


def _of_a_case(store: Store, employee: Employee, words: str) -> Values:
    """A complaint with a compensation that waits for somebody's yes."""
    case = cases.open_case(
        kind="complaint", topic="product", severity="minor", origin="store", text=f"起球{words}", store=store.pk,
        actor=employee.pk,
    )  # fmt: skip
    asked = cases.compensate(case=case.pk, form="service", fen=500_000, reason=words, actor=employee.pk)
    picture = cases.add_photo(case=case.pk, file=NewFile("a.png", PNG), actor=employee.pk)
    return {
        ("api/", "case"): case.pk,
        ("cases/", "photo"): picture.pk,
        ("card/", "photo"): picture.pk,
        ("cases/", "case"): case.pk,
        ("cases/", "compensation"): asked.pk,
        ("me/", "case"): case.pk,
        ("cases/", "line"): NOBODY,
        ("me/", "line"): NOBODY,
        ("card/", "token"): card_token(case.pk),
    }


def _of_a_chat(store: Store, words: str) -> Values:
    """A question with a file, which the bot answered."""
    secret = new_secret()
    guest = guest_of(secret, {})
    assert guest is not None
    receipt = NewFile(f"{words}.pdf", b"%PDF-1.4 " + words.encode())
    asked = conversations.receive(
        channel="web",
        sender=guest.address,
        text=f"起球{words}",
        external_id=words,
        attachments=[receipt],
        store=store.pk,
    )
    thread = asked.contact.thread_id
    said = conversations.reply(thread=thread, text="可以水洗", actor=None, author=Author.BOT)
    return {
        ("api/", "chat"): thread,
        ("inbox/", "thread"): thread,
        ("inbox/", "message"): said.pk,
        ("inbox/", "file"): asked.attachments.get().pk,
        ("chat/", "secret"): secret,
        ("chat/", "file"): asked.attachments.get().pk,
    }


def _given_back(store: Store, words: str) -> tuple[int, int]:
    """A transfer that was paid and is to be given back by hand."""
    bill = payments.open_payment(subject=Ref("cart", store.pk), amount_fen=600_000, store=store.pk, key=words)
    sent = payments.attempt(payment=bill.pk, method=Method.TRANSFER, key="a")
    payments.confirm_transfer(attempt=sent.pk, reference=words, actor=None)
    refund = payments.refund(payment=bill.pk, amount_fen=100, key="r", actor=None)
    return bill.pk, refund.parts.get().pk


def _looked_at() -> Values:
    """A flag and a contradiction, which are head office's."""
    bill = Payment.objects.order_by("pk")[0]
    flag = Flag.objects.create(rule="large_payment", key="world", payment=bill, raised_at=clock.now())
    said = {"number": "1", "said": "paid", "fen": 100, "notified": []}
    told = Discrepancy.objects.create(kind="stranger", provider="wechat", told=said, at=clock.now())
    return {("", "flag"): flag.pk, ("", "discrepancy"): told.pk}


def _people(cast: Cast) -> Values:
    """Everybody of the chain knows its customers (decision 5), but for the mall's own staff."""
    lin, other = (
        customers.register(
            name=name, store=cast.store.pk, identifiers=[NewIdentifier(Kind.PHONE, phone, verified=True)]
        )
        for name, phone in ((NAME, PHONE), ("林双", "13900005678"))
    )
    tag = customers.create_tag(name="怕冷")
    customers.add_tag(customer_id=lin, tag_id=tag)
    customers.add_wearer(customer_id=lin, relation="partner")
    customers.note_fact(customer_id=lin, field="colour", value="驼色")
    double_of = Duplicate.objects.create(
        a_id=min(lin, other), b_id=max(lin, other), origin="shared", found_at=clock.now()
    )
    double = customers.register(name="林叁", store=cast.store.pk)
    customers.merge(a=other, b=double)
    segment = customers.save_segment(name="常客", condition={"kind": "all", "of": []})
    leaving = customers.register(name="要走的", store=cast.store.pk)
    erasure = customers.request_erasure(customer_id=leaving, reason="顾客要求")
    return {
        ("", "customer"): lin,
        ("", "tagging"): Tagging.objects.filter(customer=lin)[0].pk,
        ("", "fact"): Fact.objects.filter(customer=lin)[0].pk,
        ("customers/", "pk"): lin,
        ("customers/review/", "pk"): double_of.pk,
        ("customers/links/", "pk"): Link.objects.all()[0].pk,
        ("customers/segments/", "pk"): segment,
        ("customers/tags/", "pk"): tag,
        ("customers/identifiers/", "pk"): Identifier.objects.filter(customer=lin)[0].pk,
        ("customers/wearers/", "pk"): Wearer.objects.filter(customer=lin)[0].pk,
        ("customers/facts/", "pk"): Fact.objects.filter(customer=lin)[0].pk,
        ("customers/erasures/", "pk"): erasure,
    }


def _head_office(cast: Cast) -> Values:
    create_key(name="till", scopes=["orders:write"])
    with patch.object(guard.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.215.14", 443))]):
        hook, _secret = subscribe(url="https://pos.example/hook", types=["visit.arrived"])
    now = clock.now()
    entry = Entry.objects.order_by("pk")[0]
    posting = Posting.objects.create(subscription=hook, entry_id=entry.pk, state="parked", due_at=now)
    delivery = Delivery.objects.create(entry=entry, handler="none", state="parked", attempts=8, due_at=now)
    task = Import.objects.create(kind="orders", state="finished", file_name="a.csv", path="", size=1, created_at=now)
    task.rejected_file.parent.mkdir(parents=True, exist_ok=True)
    task.rejected_file.write_text("row,reason\n")
    file = Statement.objects.create(
        provider="wechat", date=now.date(), state="checked", file_name="a.csv", sha256="0", received_at=now
    )
    version, draft = (save_draft(viewer=OPERATOR, key=key, text=shipped_text(key)) for key in ("promises", "cadences"))
    publish(viewer=OPERATOR, version_id=version.pk)
    return {
        ("", "statement"): file.pk,
        ("", "date"): now.date().isoformat(),
        ("", "api_key"): ApiKey.objects.get().pk,
        ("", "webhook"): hook.pk,
        ("", "posting"): posting.pk,
        ("", "delivery"): delivery.pk,
        ("imports/", "pk"): task.pk,
        ("rules/drafts/", "pk"): draft.pk,
        ("rules/versions/", "pk"): version.pk,
        ("rules/", "key"): "promises",
        ("rules/wording/", "key"): "greet",
        ("reports/", "key"): "promises_kept",
    }


def _library() -> Values:
    facts = ArticleFacts(question="几天内可以退货？", answer="七天。")
    version = knowledge.write_article(facts=facts, code="walk")
    told = knowledge.publish(version=version.pk)
    return {
        ("knowledge/", "article"): version.article_id,
        ("knowledge/", "version"): version.pk,
        ("knowledge/", "publication"): told.pk,
        ("knowledge/", "gap"): knowledge.note_gap(text="可以带狗吗", channel="web").pk,
        ("knowledge/", "mark"): knowledge.mark_false(text="停车", article=version.article_id).pk,
    }


def _rewards() -> Values:
    """Coupons, gifts and boxes are the chain's: a member may use and collect them anywhere."""
    now = clock.now()
    facts = rewards.TemplateFacts("walk", "满减券", CouponKind.AMOUNT, value=100, valid_days=30)
    template = rewards.draft_template(facts=facts)
    rewards.open_template(template=template.pk)
    member = customers.register(name="换礼的", source="store")
    coupon = rewards.issue(template=template.pk, customer=member, reason="goodwill")
    segment = customers.save_segment(name="换季", condition={"kind": "all", "of": []})
    batch = rewards.issue_to_segment(template=template.pk, segment=segment, reason="换季")
    item = rewards.offer_item(facts=rewards.ItemFacts("goods", "折叠伞", points=10, stock=5))
    grant(customer=member, points=10, reason="goodwill", key="walk")
    exchange = rewards.exchange(item=item.pk, customer=member)
    prizes = [rewards.PrizeFacts("points", "积分", 10_000, points=10)]
    times = {"opens_at": now, "closes_at": now + timedelta(days=1)}
    box = rewards.draft_box(code="walk", name="盲盒", budget_fen=0, prizes=prizes, **times)
    rewards.open_box(box=box.pk)
    campaign = save_campaign(name="双倍", rule=CampaignRule(percent=200), starts_at=now, ends_at=times["closes_at"])
    return {
        ("membership/", "campaign"): campaign,
        ("api/v1/coupons/", "code"): coupon.code,
        ("api/v1/parking/", "plate"): "沪A12345",
        ("membership/", "template"): template.pk,
        ("membership/", "coupon"): coupon.pk,
        ("membership/", "batch"): batch.pk,
        ("membership/", "item"): item.pk,
        ("membership/", "exchange"): exchange.pk,
        ("me/", "item"): item.pk,
        ("me/", "exchange"): exchange.pk,
        ("membership/", "box"): box.pk,
        ("membership/blindbox/", "code"): box.code,
    }
