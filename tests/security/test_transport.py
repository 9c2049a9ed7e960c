"""What production says to browsers, and whom it believes about where a request comes from."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SAMESITE": "Lax",
    "DEBUG": False,
    "DEMO": False,
    "X_FRAME_OPTIONS": "DENY",
    "USE_X_FORWARDED_HOST": False,
    "SECURE_PROXY_SSL_HEADER": None,
    "PROXIES": 0,
    "ALLOWED_HOSTS": ["shop.example", "localhost", "127.0.0.1", "[::1]"],
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
}
# Django's own defaults count where we say nothing.
CODE = (
    "import json; from django.conf import settings as s; print(json.dumps({{name: getattr(s, name) for name in {}}}))"
)


def test_production_is_https_with_strict_cookies_and_believes_no_proxy_unasked(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLOTHIER_")}
    told = {
        "CLOTHIER_HOME": str(tmp_path),
        "CLOTHIER_PRODUCTION": "1",
        "CLOTHIER_DEMO": "1",
        "CLOTHIER_HOSTS": "shop.example",
        "DJANGO_SETTINGS_MODULE": "clothier.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    code = CODE.format(list(EXPECTED))
    done = subprocess.run([sys.executable, "-c", code], env=kept | told, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == EXPECTED


@override_settings(
    SECURE_HSTS_SECONDS=31_536_000,
    SECURE_SSL_REDIRECT=True,
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
    LANGUAGE_COOKIE_SECURE=True,
)
def test_over_https_every_cookie_is_secure_and_the_browser_is_told_to_stay(cast):
    client = Client()
    plain = client.get("/accounts/login/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "e001", "password": "a password for tests"}, secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    client.post("/preferences/theme/", {"theme": "dark"}, secure=True)
    client.post("/preferences/language/", {"language": "en"}, secure=True)
    assert [name for name, cookie in client.cookies.items() if not cookie["secure"]] == []
    assert {"clothier_session", "csrftoken", "django_language"} <= set(client.cookies)


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_who_watches_the_process_asks_it_without_tls(client, path):
    assert client.get(path, headers={"host": "127.0.0.1:8000"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_X_ORIGINAL_HOST", "HTTP_FORWARDED"])
def test_a_host_named_in_a_header_is_not_believed(client, header):
    answer = client.get("/floor/", **{header: "evil.example"})
    assert answer["Location"] == "/accounts/login/?next=/floor/"
    assert "evil.example" not in client.get("/accounts/login/", **{header: "evil.example"}).content.decode()


@pytest.mark.django_db
def test_a_scheme_named_in_a_header_is_not_believed_without_a_proxy_of_ours(client):
    assert not client.get("/accounts/login/", HTTP_X_FORWARDED_PROTO="https").wsgi_request.is_secure()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/no-such-page/", "/floor/?q=%00", "/healthz", "/api/v1/visits"])
def test_no_answer_may_be_framed_or_guessed_at(client, path):
    answer = client.get(path)
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
