from types import SimpleNamespace

import pytest

from clothier.api import checks

GOOD = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRETS_FROM_ENVIRONMENT": True,
    "SECRET_KEY": "s" * 48,
    "VAULT_KEY": "v" * 48,
    "WEB_PROCESSES": 1,
}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}


@pytest.fixture
def configured(monkeypatch):
    def configure(**changes):
        # Only the checks may see it: a changed key would unsettle everything else.
        monkeypatch.setattr(checks, "settings", SimpleNamespace(**{**GOOD, **changes, "DATABASES": SQLITE}))

    return configure


def found() -> list[str]:
    return [message.id for message in checks.production(None)]


def test_good_settings_pass(configured):
    configured()
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DEBUG": True}, "clothier.E001"),
        ({"SECRETS_FROM_ENVIRONMENT": False}, "clothier.E002"),
        ({"VAULT_KEY": "short"}, "clothier.E003"),
        ({"VAULT_KEY": GOOD["SECRET_KEY"]}, "clothier.E004"),
        ({"WEB_PROCESSES": 2}, "clothier.E005"),
    ],
)
def test_each_danger_is_refused_by_name(configured, changes, expected):
    configured(**changes)
    assert found() == [expected]


def test_none_of_it_matters_outside_production(configured):
    configured(PRODUCTION=False, DEBUG=True, SECRETS_FROM_ENVIRONMENT=False)
    assert found() == []


@pytest.mark.django_db
def test_a_database_filled_by_the_demo_is_refused(configured, monkeypatch):
    from clothier.simulation import selectors

    configured()
    assert checks.demo(None, databases=["default"]) == []
    monkeypatch.setattr(selectors, "begun", lambda: True)
    assert [message.id for message in checks.demo(None, databases=["default"])] == ["clothier.E006"]
    assert checks.demo(None) == []
