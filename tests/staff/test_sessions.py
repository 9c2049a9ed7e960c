"""A session that cannot be kept is not a session that is gone: the phone says it again."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError

from clothier.staff.sessions import SessionStore


@pytest.fixture
def store(db) -> SessionStore:
    made = SessionStore()
    made["seen"] = 1
    made.create()
    return made


def test_what_the_database_says_comes_through(store, monkeypatch):
    def full(*_, **__):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Session, "save", full)
    with pytest.raises(OperationalError, match="disk is full"):
        store.save()


def test_a_session_that_was_ended_meanwhile_is_gone(store):
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
