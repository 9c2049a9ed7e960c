"""Currency and time zone of a file that names countries."""

from collections import Counter
from collections.abc import Iterable

_REGIONS = {
    "unitedkingdom": ("GBP", "Europe/London"),
    "uk": ("GBP", "Europe/London"),
    "gb": ("GBP", "Europe/London"),
    "英国": ("GBP", "Europe/London"),
    "china": ("CNY", "Asia/Shanghai"),
    "cn": ("CNY", "Asia/Shanghai"),
    "中国": ("CNY", "Asia/Shanghai"),
    "hongkong": ("HKD", "Asia/Hong_Kong"),
    "hk": ("HKD", "Asia/Hong_Kong"),
    "香港": ("HKD", "Asia/Hong_Kong"),
    "unitedstates": ("USD", "America/New_York"),
    "usa": ("USD", "America/New_York"),
    "us": ("USD", "America/New_York"),
    "美国": ("USD", "America/New_York"),
    "germany": ("EUR", "Europe/Berlin"),
    "de": ("EUR", "Europe/Berlin"),
    "france": ("EUR", "Europe/Paris"),
    "fr": ("EUR", "Europe/Paris"),
}
_SYMBOLS = {"£": "GBP", "€": "EUR", "HK$": "HKD", "US$": "USD", "$": "USD", "¥": "CNY", "￥": "CNY", "元": "CNY"}


def by_country(countries: Iterable[str]) -> tuple[str, str] | None:
    """Currency and zone of the country most rows name; None when it is none we know."""
    named = Counter(country.strip().lower().replace(" ", "") for country in countries if country.strip())
    return _REGIONS.get(named.most_common(1)[0][0]) if named else None


def by_symbol(amounts: Iterable[str]) -> str | None:
    """The currency written in the amounts themselves."""
    for amount in amounts:
        for symbol, currency in _SYMBOLS.items():
            if symbol in amount:
                return currency
    return None
