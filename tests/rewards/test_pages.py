"""The pages: what they say, and that what they do is done."""

from datetime import timedelta

import pytest
from django.test import Client

from clothier.customers.contracts import NewIdentifier
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import link_identifier, note_fact, register, save_segment
from clothier.kernel import clock
from clothier.loyalty.services import grant
from clothier.rewards import services
from clothier.rewards.models import BirthdayGift, Box, Coupon, Draw, Exchange, Item, Template
from clothier.rewards.services import ItemFacts, PrizeFacts
from clothier.standards.contracts import customer_tiers
from clothier.visits import services as visits

COUPONS = "/membership/coupons/"


def signed_in(employee) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(employee.user)
    return client


@pytest.fixture
def gao(cast) -> Client:
    return signed_in(cast.gao)


@pytest.fixture
def zhou(cast) -> Client:
    return signed_in(cast.zhou)


def said(response) -> str:
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_a_coupon_is_drafted_opened_and_sent_to_a_segment(gao, lin):
    form = {
        "name": "秋日券",
        "code": "autumn",
        "kind": "amount",
        "amount": "50",
        "threshold": "500",
        "valid_days": "30",
    }
    page = gao.post(f"{COUPONS}new/", form, follow=True)
    assert "满 ¥500 减 ¥50" in said(page)
    template = Template.objects.get()
    gao.post(f"{COUPONS}{template.pk}/opening/")
    segment = save_segment(name="常客", condition={"kind": "all", "of": []})
    gao.post(f"{COUPONS}{template.pk}/batches/", {"segment": segment, "reason": "换季", "key": "k"}, follow=True)
    services.work_once()
    services.work_once()
    assert "发了 1 张" in said(gao.get(f"{COUPONS}{template.pk}/"))
    part = said(gao.get(f"{COUPONS}{template.pk}/", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="batches"')
    assert "autumn" not in part
    assert "秋日券" in said(gao.get(COUPONS))


def test_what_is_wrong_stands_next_to_its_field(gao, kind_of):
    kind_of("autumn")
    wrong = gao.post(f"{COUPONS}new/", {"name": "券", "code": "autumn", "kind": "percent", "valid_days": "30"})
    assert wrong.status_code == 422
    assert "percent" in wrong.context["form"].errors
    again = gao.post(
        f"{COUPONS}new/", {"name": "券", "code": "autumn", "kind": "percent", "percent": "15", "valid_days": "30"}
    )
    assert "code" in again.context["form"].errors


def test_a_draft_is_edited_as_it_was_said(gao):
    form = {"name": "券", "code": "c", "kind": "percent", "percent": "15", "most": "99.50", "valid_days": "30"}
    gao.post(f"{COUPONS}new/", {**form, "brands": "Mu，Lin", "full_price": "on"})
    template = Template.objects.get()
    page = said(gao.get(f"{COUPONS}{template.pk}/edit/"))
    assert 'value="99.50"' in page
    gao.post(f"{COUPONS}{template.pk}/edit/", {**form, "percent": "20", "brands": "Mu"})
    template.refresh_from_db()
    assert (template.value, template.goods) == (20, {"brands": ["Mu"]})


def test_one_coupon_is_given_found_and_withdrawn(gao, kind_of, cast):
    member = register(name="会员", source="store", identifiers=[NewIdentifier(Kind.PHONE, "13900001234", True)])
    kind = kind_of()
    gao.post(f"{COUPONS}{kind.pk}/issue/", {"who": "13900001234", "key": "k"})
    coupon = Coupon.objects.get()
    assert (coupon.customer_id, coupon.reason) == (member, "goodwill")
    page = said(gao.get(f"{COUPONS}search/", {"code": coupon.code.lower()}, follow=True))
    assert "满 ¥500 减 ¥50" in page
    gao.post(f"{COUPONS}one/{coupon.pk}/withdrawal/", {"reason": "发错了"})
    assert "发错了" in said(gao.get(f"{COUPONS}one/{coupon.pk}/"))
    assert "没有这张券" in said(gao.get(f"{COUPONS}search/", {"code": "x"}, follow=True))


def test_the_list_asks_no_more_for_more_coupons(gao, kind_of, django_assert_max_num_queries):
    for n in range(8):
        kind_of(f"kind-{n}")
    gao.get(COUPONS)
    with django_assert_max_num_queries(12):
        gao.get(COUPONS)


def test_the_fairness_report_explains_itself_and_leaves_as_a_table(gao, kind_of, cast, django_assert_num_queries):
    people = [register(name=f"顾客{n}", source="store", store=cast.store.pk) for n in range(25)]
    kind = kind_of()
    for pk in people[:5]:
        services.issue(template=kind.pk, customer=pk, reason="segment")
    assert "还没有统计" in said(gao.get(f"{COUPONS}fairness/"))
    assert "满500减50" not in said(gao.get(f"{COUPONS}fairness.csv"))

    assert gao.post(f"{COUPONS}fairness/counting/")["Location"] == f"{COUPONS}fairness/"
    with django_assert_num_queries(9):
        page = said(gao.get(f"{COUPONS}fairness/"))

    assert "统计于" in page
    assert "5 人得到“满500减50”，20 人没有" in page
    assert "待说明" in page
    table = said(gao.get(f"{COUPONS}fairness.csv"))
    assert "满500减50,未入级" in table


def test_a_reward_is_offered_and_handed_over_for_its_code(gao, zhou, lin, points):
    form = {"kind": "goods", "name": "折叠伞", "points": "800", "stock": "3"}
    assert "折叠伞" in said(gao.post("/membership/rewards/items/new/", form, follow=True))
    item = Item.objects.get()
    one, two = (services.exchange(item=item.pk, customer=lin) for _ in range(2))
    page = said(zhou.get("/membership/rewards/"))
    # The code is the customer's to show: the counter sees its end only.
    assert one.code not in page
    assert one.code[-4:] in page
    assert "请交给顾客：折叠伞" in said(
        zhou.post("/membership/rewards/collection/", {"code": one.code.lower()}, follow=True)
    )
    assert zhou.post("/membership/rewards/collection/", {"code": "nonsense"}).status_code == 422
    zhou.post(f"/membership/rewards/exchanges/{two.pk}/cancellation/")
    assert sorted(Exchange.objects.values_list("state", flat=True)) == ["cancelled", "done"]
    gao.post(f"/membership/rewards/items/{item.pk}/stock/", {"more": "2"})
    gao.post(f"/membership/rewards/items/{item.pk}/sale/", {"on": "0"})
    item.refresh_from_db()
    assert (item.stock, item.on_sale) == (5, False)


def test_points_are_exchanged_at_the_counter(zhou, lin, points):
    link_identifier(customer_id=lin, kind=Kind.PHONE, value="13900001234", verified=True)
    item = services.offer_item(facts=ItemFacts("goods", "折叠伞", points=800, stock=3))
    form = {"who": "13900001234", "item": item.pk, "key": "tap"}
    page = said(zhou.post("/membership/rewards/exchanges/", form, follow=True))
    assert "已用 800 积分兑换折叠伞" in page
    wrong = zhou.post("/membership/rewards/exchanges/", {**form, "who": "13900009999", "key": "b"})
    assert (wrong.status_code, Exchange.objects.count()) == (422, 1)


def box_form(**more) -> dict[str, str]:
    now = clock.now()
    head = {"name": "秋日盲盒", "code": "autumn", "budget": "1000"}
    times = {"opens_at": f"{now:%Y-%m-%dT%H:%M}", "closes_at": f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}"}
    formset = {"prizes-TOTAL_FORMS": "2", "prizes-INITIAL_FORMS": "0"}
    lines = [("方巾", "goods", "2.5", "80"), ("积分", "points", "97.5", "1")]
    prizes = {
        f"prizes-{n}-{name}": value
        for n, line in enumerate(lines)
        for name, value in zip(("name", "kind", "percent", "cost"), line, strict=True)
    }
    return {**head, **times, **formset, **prizes, "prizes-1-points": "100", **more}


def test_a_box_is_drafted_published_and_checked_by_anybody(gao, cast, saturday):
    assert "2.5%" in said(gao.post("/membership/blindbox/new/", box_form(), follow=True))
    box = Box.objects.get()
    assert Client().get("/membership/blindbox/autumn/").status_code == 404
    gao.post(f"/membership/blindbox/drafts/{box.pk}/publication/")
    box.refresh_from_db()
    assert "秋日盲盒" in said(gao.get("/membership/blindbox/"))
    assert box.seed_hash in said(Client().get("/membership/blindbox/autumn/"))
    saturday.move_to(box.opens_at + timedelta(seconds=1)) if box.opens_at > clock.now() else None
    services.draw(box=box.pk, visit=1, choice=2, store=cast.store.pk)
    saturday.move_to(box.closes_at)
    services.reveal_due()
    page = said(Client(headers={"accept-language": "zh-hans"}).get("/membership/blindbox/autumn/?nth=1&choice=2"))
    assert f"签号 {Draw.objects.get().ticket}：" in page
    assert "与事先公布的哈希一致" in page
    assert said(Client().get("/membership/blindbox/autumn/draws.csv")).count("\n") == 2


def test_odds_that_do_not_add_up_are_refused(gao):
    wrong = gao.post("/membership/blindbox/new/", box_form(**{"prizes-0-percent": "3"}))
    assert wrong.status_code == 422
    assert "百分之百" in wrong.content.decode()


@pytest.fixture
def visit(cast, lin):
    return visits.arrive(store=cast.store.pk, customer=lin, via="greeter").pk


def test_the_floor_gives_the_birthday_gift_at_the_arrival(zhou, lin, visit, kind_of, monkeypatch):
    services.issue(template=kind_of().pk, customer=lin, reason="goodwill")
    monkeypatch.setattr(customer_tiers, "_answer", lambda people: dict.fromkeys(people, "gold"))
    note_fact(customer_id=lin, field="birthday", value="1990-11-20")
    page = said(zhou.get(f"/floor/visits/{visit}/"))
    assert "本月生日" in page
    assert "满 ¥500 减 ¥50" in page
    for _ in range(2):
        zhou.post(f"/floor/visits/{visit}/birthday/")
    assert BirthdayGift.objects.count() == 1
    assert "本月生日" not in said(zhou.get(f"/floor/visits/{visit}/"))


def test_the_floor_holds_the_box_out_at_the_farewell(zhou, cast, visit):
    now = clock.now()
    prizes = [PrizeFacts("goods", "真丝方巾", 10_000)]
    times = {"opens_at": now, "closes_at": now + timedelta(days=9)}
    box = services.draft_box(code="b", name="秋日盲盒", budget_fen=0, prizes=prizes, **times)
    services.open_box(box=box.pk)
    assert "秋日盲盒" not in said(zhou.get(f"/floor/visits/{visit}/"))
    visits.leave(visit=visit, outcome="bought", actor=cast.zhou.pk)
    assert "请顾客选一个盒子" in said(zhou.get(f"/floor/visits/{visit}/"))
    for choice in (2, 5):
        zhou.post(f"/floor/visits/{visit}/draw/", {"choice": choice})
    page = said(zhou.get(f"/floor/visits/{visit}/"))
    assert "真丝方巾" in page
    assert (Draw.objects.get().choice, Draw.objects.count()) == (2, 1)


def test_the_profile_shows_what_can_be_used(gao, lin, kind_of):
    services.issue(template=kind_of().pk, customer=lin, reason="goodwill")
    grant(customer=lin, points=1, reason="goodwill", key="k")
    assert "满 ¥500 减 ¥50" in said(gao.get(f"/customers/{lin}/"))
