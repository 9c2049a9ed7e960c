"""Lists of customers that leave the house as CSV."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.customers.selectors import layer_names, members
from clothier.customers.selectors.rows import Profile
from clothier.kernel.cells import written

PAGE = 1_000


def rows(condition: Any) -> Iterator[str]:
    """Lines of the file, page by page of keys; the byte order mark makes Excel read Chinese."""
    layers, after = layer_names(), 0
    heads = [_("编号"), _("姓名"), _("价值分层"), _("购买次数"), _("累计消费（元）"), _("最近购买"), _("登记时间")]
    yield "\ufeff" + written([heads])
    while page := members(condition, after=after, limit=PAGE):
        after = page[-1].pk
        yield written(_cells(profile, layers) for profile in page)


def _cells(profile: Profile, layers: dict[str, str]) -> list[object]:
    return [
        profile.pk,
        profile.customer.name,
        layers.get(profile.layer, profile.layer),
        profile.orders,
        f"{profile.spend_fen / 100:.2f}",
        f"{localtime(profile.last_purchase_at):%Y-%m-%d}" if profile.last_purchase_at else "",
        f"{localtime(profile.registered_at):%Y-%m-%d}",
    ]
