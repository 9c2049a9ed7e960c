"""Addresses of a store's roster pages, with what is known filled in."""

from datetime import date
from urllib.parse import urlencode

from clothier.desks.shell.navigation import url
from clothier.desks.shell.shops import Shop


def add_address(shop: Shop, **known: str) -> str:
    """The form for a new shift, with what is known filled in."""
    return f"{url('roster:add', shop.code)}?{urlencode(known)}"


def on_day(page: str, shop: Shop, day: date) -> str:
    """A page of a store and a day."""
    return f"{url(f'roster:{page}', shop.code)}?{urlencode({'day': day.isoformat()})}"
