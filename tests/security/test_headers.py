import pytest
from django.test import Client

from clothier.kernel.access import Role
from tests.security.test_walk import client_of
from tests.security.walk import addresses

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def test_every_page_says_what_it_may_load(cast):
    client = client_of(cast, Role.OPERATOR)
    pages = [address.filled({}) for address in addresses() if not address.parameters]
    shown = {path: response for path in pages if (response := client.get(path)).status_code == 200}
    assert len(shown) > 5
    for path, response in shown.items():
        allowed = policy(response)
        assert allowed["default-src"] == ["'self'"], path
        # The back office's menus are Alpine's, which evaluates: see docs/security.md.
        evaluates = set() if path.startswith("/office/") else {"'unsafe-eval'"}
        assert not {"'unsafe-inline'", "*", "https:", *evaluates} & set(allowed["script-src"]), path
        assert allowed["frame-ancestors"] == ["'none'"], path
        assert allowed["object-src"] == ["'none'"], path
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["Referrer-Policy"] == "same-origin", path
        assert "X-Request-ID" in response, path


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in_or_choosing_a_language(cast, where):
    told = {"login": "e001", "password": "a password for tests", "next": where}
    answers = [
        Client().post("/accounts/login/", told, query_params={"next": where}),
        Client().post("/preferences/language/", {"language": "en", "next": where}),
        Client().post("/preferences/theme/", {"theme": "dark", "next": where}),
    ]
    for answer in answers:
        assert answer.status_code < 500
        location = answer.headers.get("Location", "/")
        assert "evil" not in location
        assert not location.startswith("javascript")


def test_a_foreign_host_is_not_served():
    assert Client(HTTP_HOST="evil.example").get("/accounts/login/").status_code == 400


def test_the_session_cookie_is_kept_from_scripts(cast):
    answer = Client().post("/accounts/login/", {"login": "e001", "password": "a password for tests"})
    cookie = answer.cookies["clothier_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_an_id_given_by_the_caller_is_only_kept_when_harmless(cast):
    assert Client().get("/healthz", headers={"X-Request-ID": "abc-12345"})["X-Request-ID"] == "abc-12345"
    assert len(Client().get("/healthz", headers={"X-Request-ID": "<script>"})["X-Request-ID"]) == 32
