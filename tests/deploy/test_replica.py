"""Boards and reports are read from a copy of the database that keeps up, and from the primary otherwise."""

import pytest

from clothier.kernel import replica

AT_WORK = """
import os, time
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from clothier.kernel import replica
from clothier.visits.services import arrive
from tests.cast import assemble

cast = assemble()
client = Client(HTTP_HOST="localhost")
client.force_login(cast.wu.user)

def board():
    answer = client.get("/board/sh-nanjing/")
    assert answer.status_code == 200
    return "".join(answer.content.decode().split())

def answered_by_copy():
    "Questions of a board that the copy answered, beside the one how far it is."
    replica._copy._until = 0
    with CaptureQueriesContext(connections["replica"]) as asked:
        board()
    return len(asked) - 1

def until(done):
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)

until(lambda: answered_by_copy() > 3)
arrive(store=cast.store.pk, party_size=4)
until(lambda: ">4<" in board())
with connections["replica"].cursor() as cursor:
    cursor.execute("SELECT pg_wal_replay_pause()")
arrive(store=cast.store.pk, party_size=5)
until(lambda: answered_by_copy() == 0)
assert ">9<" in board()

connections["replica"].close()
connections.databases["replica"]["OPTIONS"]["port"] = "1"
replica._copy._until = 0
assert ">9<" in board()
replica._copy._good, replica._copy._until = True, time.monotonic() + 60
assert ">9<" in board(), "gone since it was last looked at"
assert not replica._copy.keeps_up()
print(replica._copy.keeps_up(), ">9<" in board())
"""


def test_writes_and_relations_stay_with_the_primary():
    router = replica.Router()
    token = replica._aside.set(True)
    try:
        assert (router.db_for_read(None), router.db_for_write(None)) == ("replica", "default")
    finally:
        replica._aside.reset(token)
    assert router.db_for_read(None) is None
    assert router.allow_migrate("replica", "visits") is False


@pytest.mark.slow
def test_a_board_is_read_from_the_copy_while_it_keeps_up_and_is_there(standby, server, at_work):
    told = at_work(
        AT_WORK,
        DATABASE_URL=f"{server}&port=5432",
        DATABASE_REPLICA_URL=f"{server.split('?')[0]}?host={standby}&port=5433",
    )
    # The copy is gone by then: it no longer counts, and the board shows all nine who came.
    assert told == "False True"
