"""Behind a proxy everybody would share its address; in front of none a header must not make up another."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from clothier.api import limits
from clothier.config.proxies import forwarded

BAD_KEY = {"HTTP_AUTHORIZATION": "Bearer ck_nobody_has_this_one", "REMOTE_ADDR": "10.0.0.1"}


@pytest.mark.parametrize(
    ("header", "proxies", "address"),
    [
        ("203.0.113.9", 1, "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("203.0.113.9", 2, "203.0.113.9"),
        ("203.0.113.9:51234", 1, "203.0.113.9"),
        ("[2001:db8::7]:443", 1, "2001:db8::7"),
        ("2001:DB8::7", 1, "2001:db8::7"),
        ("unknown", 1, None),
        ("203.0.113.9,", 1, None),
        ("", 1, None),
    ],
)
def test_the_hop_next_to_our_proxies_counts(header, proxies, address):
    assert forwarded(header, proxies=proxies) == address


def _guess(phone: str) -> int:
    """Somebody behind the proxy tries a key; what they themselves say of their address stands left."""
    return Client().get("/api/v1/promises", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {phone}", **BAD_KEY).status_code


@pytest.fixture
def two_guesses(monkeypatch):
    monkeypatch.setattr(limits, "guesses", limits.Limit(2))


@pytest.mark.django_db
def test_behind_a_proxy_one_guesser_does_not_lock_out_the_others(settings, two_guesses):
    settings.PROXIES = 1
    assert [_guess("203.0.113.9") for _ in range(3)] == [401, 401, 429]
    assert _guess("203.0.113.10") == 401


@pytest.mark.django_db
def test_without_a_proxy_a_header_makes_up_no_address(settings, two_guesses):
    settings.PROXIES = 0
    assert [_guess(f"203.0.113.{n}") for n in range(3)] == [401, 401, 429]


@pytest.mark.django_db
def test_a_shop_behind_a_proxy_may_mistype_passwords_without_locking_the_next_one_out(settings):
    settings.PROXIES = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": "99/m/ip"}

    def sign_in(phone: str) -> int:
        form = {"login": "nobody", "password": "wrong"}
        address = {"HTTP_X_FORWARDED_FOR": phone, "REMOTE_ADDR": "10.0.0.1"}
        return Client().post("/accounts/login/", form, **address).status_code

    assert [sign_in("203.0.113.21") for _ in range(3)] == [200, 200, 429]
    assert sign_in("203.0.113.22") == 200


def test_the_kiosk_counts_by_the_address_everybody_else_sees(settings, rf):
    from clothier.config.proxies import ForwardedAddress
    from clothier.desks.shell.limits import address

    settings.PROXIES = 1
    seen = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(address(request))
        return HttpResponse()

    ForwardedAddress(page)(rf.get("/kiosk/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9"))
    assert seen == ["203.0.113.9"]
