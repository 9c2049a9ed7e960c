"""What is kept of an error on the page of parked deliveries."""

import pytest
from django.db import connection

from clothier.eventlog import contracts, deliveries
from clothier.eventlog.faults import told
from clothier.eventlog.models import Delivery
from clothier.kernel.refs import parse_ref
from tests.eventlog.conftest import LampLit
from tests.eventlog.test_deliveries import light


def caught(act) -> str:
    try:
        act()
    except Exception as error:
        return told(error)
    raise AssertionError("no error")


def test_the_type_the_message_and_the_place_in_our_code_are_kept():
    places, reason = caught(lambda: parse_ref("no ref at all")).rsplit("\n", 1)
    assert places.splitlines()[-1].startswith("clothier/kernel/refs.py:")
    assert places.splitlines()[-1].endswith(" parse_ref")
    assert reason.startswith("ValueError: ")


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("no oil", "no oil"),
        ("'zone_id'", "'zone_id'"),
        ("invalid literal for int() with base 10: '林晓梅'", "invalid literal for int() with base 10: …"),
        ("cannot read “我的手机 13800138000”", "cannot read …"),
        ("called 13800138000 twice", "called … twice"),
        ("duplicate key\nDETAIL:  Key (name)=(林晓梅) already exists.", "duplicate key"),
        ("x" * 900, "x" * 300),
        ("", ""),
    ],
)
def test_a_message_keeps_its_first_line_without_what_was_quoted(message, kept):
    def fail() -> None:
        raise RuntimeError(message)

    assert caught(fail) == f"RuntimeError: {kept}"


@pytest.mark.django_db
def test_what_a_database_refuses_is_not_repeated(saturday, seen):
    @contracts.deferred("test.broken", LampLit.type)
    def broken(entry: contracts.Happening) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO no_such_table (name) VALUES ('林晓梅 13800138000')")

    light()
    deliveries.run_due()
    error = Delivery.objects.get().error
    assert "林晓梅" not in error
    assert "13800138000" not in error
    assert "clothier/eventlog/deliveries.py:" in error
    assert error.splitlines()[-1].startswith(("OperationalError: ", "ProgrammingError: "))
