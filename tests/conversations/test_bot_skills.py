"""What the bot looks up: live facts, and a person's own only for that person."""

import pytest

from clothier.bookings.skills import appointment
from clothier.catalog.contracts import StockCount
from clothier.catalog.models import Sku
from clothier.catalog.services import set_stock, upsert_style
from clothier.checkout.skills import order, return_window
from clothier.conversations.bot.skills import hours, stock
from clothier.conversations.contracts import Question
from clothier.kernel import clock
from clothier.loyalty.services import grant
from clothier.loyalty.skills import points
from tests.cast import Cast
from tests.catalog.conftest import COAT, save_basics


def asked(text: str, customer: int | None = None) -> Question:
    return Question(text, thread=1, channel="web", customer=customer, store=None, at=clock.now())


@pytest.mark.parametrize("look_up", [points, order, return_window, appointment])
def test_nobody_is_told_of_somebody_elses_affairs(cast: Cast, look_up) -> None:
    assert look_up(asked("我的积分、订单和预约")) is None


def test_points_are_told_to_their_owner(lin: int) -> None:
    grant(customer=lin, points=200, reason="birthday", key="b")
    told = points(asked("我有多少积分", lin))
    assert told is not None
    assert told.text.startswith("您现在有 200 积分可用。")


def test_who_has_bought_nothing_is_answered_by_the_library(lin: int) -> None:
    assert order(asked("我的订单", lin)) is None
    assert return_window(asked("还能退吗", lin)) is None


def test_who_has_booked_nothing_is_told_how(lin: int) -> None:
    told = appointment(asked("我的预约", lin))
    assert told is not None
    assert "没有预约" in told.text


def test_hours_are_those_of_the_store_named_today(cast: Cast) -> None:
    told = hours(asked("南京路店今天几点关门"))
    assert told is not None
    assert told.text == "南京路店今天 09:30–21:30 营业。"
    assert hours(asked("你们几点关门")) is None


def test_stock_is_told_by_store_for_a_code_and_a_size(cast: Cast) -> None:
    save_basics()
    upsert_style(style=COAT)
    skus = {sku.size: sku for sku in Sku.objects.filter(colour__code="camel")}
    set_stock(counts=[StockCount(cast.store.pk, skus["M"].pk, 3)])
    told = stock(asked("K2071 有现货吗"))
    assert told is not None
    assert told.text == "K2071 现在有货：南京路店 3 件。"
    assert stock(asked("那件大衣有现货吗")) is None
    sold_out = stock(asked("k2071 的 S 码还有吗"))
    assert sold_out is not None
    assert "暂时都卖完了" in sold_out.text
