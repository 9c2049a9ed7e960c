from datetime import timedelta

import pytest

from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import link_identifier, merge, note_fact, register
from clothier.kernel.errors import Refused
from clothier.loyalty.selectors import balance
from clothier.rewards import services
from clothier.rewards.models import BirthdayGift, Coupon, Exchange, Item
from clothier.rewards.selectors import birthday_due, exchanges_of, parking_hours
from clothier.rewards.services import ItemFacts
from clothier.standards.contracts import customer_tiers

pytestmark = pytest.mark.usefixtures("points")
UMBRELLA = ItemFacts("goods", "折叠伞", points=800, stock=2, limit_customer=1)


def spent(lin) -> int:
    return 3_000 - balance(lin).available


@pytest.fixture
def umbrella(cast) -> Item:
    return services.offer_item(facts=UMBRELLA)


def test_points_buy_an_umbrella_that_is_collected_with_a_code(umbrella, lin, cast):
    rows = [services.exchange(item=umbrella.pk, customer=lin, key="tap") for _ in range(2)]
    assert rows[0] == rows[1]
    assert (spent(lin), Item.objects.get().taken) == (800, 1)
    for _ in range(2):
        assert services.collect(code=rows[0].code.lower(), store=cast.store.pk, actor=cast.zhou.pk).state == "done"
    with pytest.raises(Refused):
        services.cancel_exchange(exchange=rows[0].pk)
    assert [row.state for row in exchanges_of(lin)] == ["done"]


def test_called_off_every_point_is_back_and_the_umbrella_too(umbrella, lin):
    row = services.exchange(item=umbrella.pk, customer=lin)
    for _ in range(2):
        services.cancel_exchange(exchange=row.pk)
    assert (spent(lin), Item.objects.get().taken) == (0, 0)
    with pytest.raises(Refused):
        services.collect(code=row.code)
    services.exchange(item=umbrella.pk, customer=lin)


def test_what_nobody_collects_goes_back(umbrella, lin, saturday):
    services.exchange(item=umbrella.pk, customer=lin)
    saturday.advance(timedelta(days=30).total_seconds())
    assert (services.lapse_due(), services.lapse_due()) == (1, 0)
    assert (spent(lin), Exchange.objects.get().state) == (0, "lapsed")


def test_limits_stock_and_points_hold_and_nothing_is_half_done(umbrella, lin):
    services.exchange(item=umbrella.pk, customer=lin)
    twin = register(name="林悦", source="store")
    merge(a=lin, b=twin)
    with pytest.raises(Refused):
        services.exchange(item=umbrella.pk, customer=twin)
    others = [register(name=f"顾客{n}", source="store") for n in range(2)]
    with pytest.raises(Refused):
        services.exchange(item=umbrella.pk, customer=others[0])
    assert (Item.objects.get().taken, Exchange.objects.count()) == (1, 1)
    Item.objects.update(stock=1)
    with pytest.raises(Refused, match=r"兑完|gone"):
        services.exchange(item=umbrella.pk, customer=others[1])
    services.put_on_sale(item=umbrella.pk, on_sale=False)
    with pytest.raises(Refused, match=r"下架|shelf"):
        services.exchange(item=umbrella.pk, customer=others[1])


def test_a_coupon_of_the_shop_goes_back_while_it_is_unused(kind_of, lin):
    item = services.offer_item(facts=ItemFacts("coupon", "五十元券", points=500, template=kind_of().pk))
    row = services.exchange(item=item.pk, customer=lin)
    assert (row.state, row.coupon.customer_id, spent(lin)) == ("done", lin, 500)
    services.cancel_exchange(exchange=row.pk)
    assert (Coupon.objects.get().state, spent(lin)) == ("withdrawn", 0)
    used = services.exchange(item=item.pk, customer=lin)
    services.reserve(coupon=used.coupon_id, customer=lin, document="cart:1", off_fen=50_00)
    with pytest.raises(Refused):
        services.cancel_exchange(exchange=used.pk)
    assert spent(lin) == 500


def test_an_hour_of_parking_costs_what_the_house_rules_say(lin):
    item = services.offer_item(facts=ItemFacts("parking", "停车两小时", hours=2))
    assert item.points == 1_000
    row = services.exchange(item=item.pk, customer=lin)
    assert (parking_hours(lin), spent(lin)) == (2, 1_000)
    services.cancel_exchange(exchange=row.pk)
    assert (parking_hours(lin), spent(lin)) == (0, 0)
    with pytest.raises(Refused):
        services.offer_item(facts=ItemFacts("parking", "停车一天", hours=24))


def test_the_gate_lets_a_known_plate_off_once_a_ticket(lin, saturday):
    link_identifier(customer_id=lin, kind=Kind.PLATE, value="沪A12345")
    item = services.offer_item(facts=ItemFacts("parking", "停车两小时", hours=2))
    row = services.exchange(item=item.pk, customer=lin)
    assert services.use_parking(plate="沪B99999", hours=1, ticket="g1") == 0
    assert [services.use_parking(plate="沪A12345", hours=1, ticket="g2") for _ in range(2)] == [1, 1]
    with pytest.raises(Refused):
        services.cancel_exchange(exchange=row.pk)
    assert services.use_parking(plate="沪A12345", hours=5, ticket="g3") == 1
    assert services.use_parking(plate="沪A12345", hours=5, ticket="g4") == 0
    assert parking_hours(lin) == 0


@pytest.fixture
def gold(monkeypatch, lin):
    monkeypatch.setattr(customer_tiers, "_answer", lambda people: dict.fromkeys(people, "gold"))
    note_fact(customer_id=lin, field="birthday", value="1990-11-20")


@pytest.mark.usefixtures("gold")
def test_a_birthday_gift_is_given_once_in_its_month(lin, cast, saturday):
    assert birthday_due(lin).points == 300
    for _ in range(2):
        services.give_birthday_gift(customer=lin, store=cast.store.pk, actor=cast.zhou.pk)
    assert (BirthdayGift.objects.count(), balance(lin).available, birthday_due(lin)) == (1, 3_300, None)
    saturday.advance(timedelta(days=20).total_seconds())
    assert birthday_due(lin) is None
    saturday.advance(timedelta(days=345).total_seconds())
    assert birthday_due(lin).points == 300


@pytest.mark.usefixtures("gold")
def test_a_merged_record_brings_no_second_gift(lin):
    services.give_birthday_gift(customer=lin)
    twin = register(name="林悦", source="store")
    merge(a=lin, b=twin)
    assert birthday_due(twin) is None
    assert services.give_birthday_gift(customer=twin).pk == BirthdayGift.objects.get().pk


def test_no_tier_no_gift(lin):
    note_fact(customer_id=lin, field="birthday", value="1990-11-20")
    with pytest.raises(Refused):
        services.give_birthday_gift(customer=lin)
