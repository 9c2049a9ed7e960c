"""What the house rules let one person have in a day and in a month, over all kinds and all their records."""

from datetime import timedelta

import pytest

from clothier.customers.services import merge, register
from clothier.kernel.errors import Refused
from clothier.rewards import services
from clothier.rewards.models import Coupon, Exchange
from clothier.rewards.services import ItemFacts
from clothier.rewards.services.issuing import had_enough


def give(template, customer, reason="api") -> Coupon:
    return services.issue(template=template.pk, customer=customer, reason=reason)


def test_three_coupons_a_day_of_all_kinds_together_and_more_tomorrow(kind_of, lin, saturday):
    kinds = [kind_of(f"k{n}") for n in range(4)]
    for kind in kinds[:3]:
        give(kind, lin)
    twin = register(name="林悦", source="store")
    merge(a=lin, b=twin)
    with pytest.raises(Refused, match=r"上限|limit"):
        give(kinds[3], twin)
    assert had_enough([lin]) == {lin}
    saturday.advance(timedelta(days=1).total_seconds())
    give(kinds[3], twin)
    assert Coupon.objects.count() == 4


def test_what_is_owed_is_neither_bounded_nor_counted(kind_of, lin):
    kind = kind_of()
    for _one in range(5):
        give(kind, lin, "goodwill")
    give(kind, lin)
    assert (Coupon.objects.count(), had_enough([lin])) == (6, set())


def test_five_exchanges_a_day_and_one_called_off_does_not_count(points, lin, saturday):
    item = services.offer_item(facts=ItemFacts("goods", "贴纸", points=10))
    rows = [services.exchange(item=item.pk, customer=lin) for _one in range(5)]
    with pytest.raises(Refused, match=r"5"):
        services.exchange(item=item.pk, customer=lin)
    services.undo_exchange(exchange=rows[0].pk, customer=lin)
    services.exchange(item=item.pk, customer=lin)
    saturday.advance(timedelta(days=1).total_seconds())
    services.exchange(item=item.pk, customer=lin)
    assert Exchange.objects.count() == 7
