"""The world of the walks."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction

from clothier.kernel import clock
from tests.cast import assemble
from tests.conftest import SATURDAY
from tests.security.world import World, build


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for the whole file; each test works in a savepoint of it."""
    around = transaction.atomic()
    # As Django's own test cases say of theirs: within it a transaction that must be the outermost one may begin.
    around._from_testcase = True
    with django_db_blocker.unblock(), around:
        with clock.simulated(SATURDAY):
            made = build(assemble())
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db, saturday) -> World:
    return deepcopy(built)
