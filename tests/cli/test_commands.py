import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth import authenticate

from clothier.api.keys import caller
from clothier.cli.web import check_port_is_free
from clothier.kernel.errors import Refused
from clothier.staff.models import Employee

COMMANDS = ["run", "demo", "import", "doctor", "backup", "restore", "user", "key"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(clothier, command):
    told = clothier(command, "--help")
    assert told.exit_code == 0
    assert "Usage" in told.output


@pytest.mark.django_db
def test_an_operator_made_on_the_command_line_can_sign_in(clothier, cast):
    password = "korrekt-pferd-batterie-7"
    told = clothier("user", "create", "fang", "--role", "operator", "--password", password)
    assert told.exit_code == 0, told.output
    assert authenticate(username="fang", password=password) is not None
    assert Employee.objects.get(number="fang").role == "operator"
    clothier("user", "disable", "fang")
    assert authenticate(username="fang", password=password) is None


@pytest.mark.django_db
def test_a_forgotten_password_is_reset_from_the_keyboard_with_one_that_serves_once(clothier, cast):
    told = clothier("user", "reset", "e001")
    user = authenticate(username="e001", password=told.stdout.splitlines()[0])
    assert user == cast.zhou.user
    assert user.one_time_until is not None
    assert str(clothier("user", "reset", "nobody").exception) == "nobody signs in as nobody"


@pytest.mark.django_db
def test_a_weak_password_and_an_unknown_store_are_refused_in_words(clothier, cast):
    weak = clothier("user", "create", "fang", "--password", "123")
    lost = clothier("user", "create", "fang", "--password", "korrekt-pferd-batterie-7", "--store", "moon")
    assert isinstance(weak.exception, Refused)
    assert str(lost.exception) == "there is no store moon"
    assert not Employee.objects.filter(number="fang").exists()


@pytest.mark.django_db
def test_a_key_made_on_the_command_line_works_for_its_stores(clothier, cast):
    told = clothier("key", "create", "till 1", "--scope", "orders:write", "--store", "sh-nanjing", "--json")
    who = caller(json.loads(told.stdout)["key"])
    assert who is not None
    assert (who.scopes, who.viewer.stores) == (frozenset({"orders:write"}), frozenset({cast.store.pk}))


@pytest.mark.django_db
def test_the_doctor_finds_a_healthy_shop_healthy(clothier):
    told = clothier("doctor", "--json")
    assert told.exception is None or isinstance(told.exception, SystemExit), repr(told.exception)
    assert [finding for finding in json.loads(told.stdout) if not finding["ok"]] == []
    assert told.exit_code == 0


def _clothier(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clothier.cli", *words],
        env={**os.environ, "PYTHONPATH": "src", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_mistake_is_told_in_one_line_without_a_traceback(tmp_path):
    told = _clothier(
        "run", CLOTHIER_HOME=str(tmp_path), CLOTHIER_PORT="eighty", DJANGO_SETTINGS_MODULE="clothier.config.settings"
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.strip() == "clothier: CLOTHIER_PORT must be a whole number, not 'eighty'"


def test_a_port_in_use_is_refused():
    import socket

    from clothier.cli.problems import Problem

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Problem, match="is not free"):
            check_port_is_free("127.0.0.1", taken.getsockname()[1])
