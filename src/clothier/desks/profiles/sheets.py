"""Lists that leave the house as CSV: no cell may be taken for a formula by a spreadsheet."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clothier.customers.selectors import layer_names, members
from clothier.customers.selectors.rows import Profile

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
PAGE = 1_000


def safe(value: object) -> str:
    """A cell that a spreadsheet shows as text (CWE-1236: formula injection)."""
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def rows(condition: Any) -> Iterator[str]:
    """Lines of the file, page by page of keys; the byte order mark makes Excel read Chinese."""
    layers, after = layer_names(), 0
    yield "\ufeff" + _line(
        [_("编号"), _("姓名"), _("价值分层"), _("购买次数"), _("累计消费（元）"), _("最近购买"), _("登记时间")]
    )
    while page := members(condition, after=after, limit=PAGE):
        after = page[-1].pk
        yield "".join(_line(_cells(profile, layers)) for profile in page)


def _cells(profile: Profile, layers: dict[str, str]) -> list[object]:
    return [
        profile.pk,
        safe(profile.customer.name),
        layers.get(profile.layer, profile.layer),
        profile.orders,
        f"{profile.spend_fen / 100:.2f}",
        f"{localtime(profile.last_purchase_at):%Y-%m-%d}" if profile.last_purchase_at else "",
        f"{localtime(profile.registered_at):%Y-%m-%d}",
    ]


def _line(cells: list[object]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
