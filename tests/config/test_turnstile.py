"""Writers on SQLite stand in line: nobody waits longer than for the one who writes and those who came before."""

import fcntl
import threading
import time

import pytest
from django.db.utils import ConnectionHandler

from clothier.config import databases
from clothier.config.sqlite.turnstile import Turnstile


@pytest.fixture
def place(tmp_path):
    """Makes one more connection's place in the line."""
    made = []

    def make(patience=10.0):
        made.append(Turnstile(tmp_path / "shop.sqlite3", patience=patience))
        return made[-1]

    yield make
    for one in made:
        one.close()


def taken(handle: int) -> bool:
    """Whether somebody else holds a lock; looks with the handle of a connection that holds none."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(handle, fcntl.LOCK_UN)
    return False


def until(done) -> None:
    deadline = time.monotonic() + 10
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_the_pen_goes_to_who_waits_and_not_back_to_who_had_it(place):
    first, second, onlooker = place(), place(), place()
    turns = []

    def wait() -> None:
        second.enter()
        turns.append("second")
        second.leave()

    first.enter()
    waiting = threading.Thread(target=wait)
    waiting.start()
    until(lambda: taken(onlooker._gate))
    first.leave()
    first.enter()
    turns.append("first")
    first.leave()
    waiting.join()
    assert turns == ["second", "first"]


def test_who_has_waited_long_enough_tries_without_a_turn(place):
    first, second = place(), place(patience=0.02)
    first.enter()
    began = time.monotonic()
    second.enter()
    assert 0.02 <= time.monotonic() - began < 5
    assert not taken(place()._gate)


def test_the_place_of_a_connection_that_is_gone_is_free(place, tmp_path):
    lost, next_one = Turnstile(tmp_path / "shop.sqlite3", patience=10), place(patience=5)
    lost.enter()
    lost.close()
    next_one.enter()
    assert taken(place()._pen)


@pytest.mark.django_db
def test_a_transaction_holds_the_pen_until_it_is_over(place, tmp_path):
    settings = databases.sqlite(tmp_path, synchronous="NORMAL") | {"NAME": tmp_path / "shop.sqlite3"}
    connection, onlooker = ConnectionHandler({"default": settings})["default"], place()
    for end in (connection.commit, connection.rollback):
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert taken(onlooker._pen)
        end()
        assert not taken(onlooker._pen)
        connection.set_autocommit(True)
    connection.close()
