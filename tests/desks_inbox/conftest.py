"""Chen at the inbox; Ms Lin, who wrote."""

import pytest
from django.test import Client

from clothier.conversations.services import receive
from tests.conversations.conftest import desk, house, lin

__all__ = ["desk", "house", "lin"]


@pytest.fixture
def chen(desk) -> Client:
    client = Client()
    client.force_login(desk.chen.user)
    return client


@pytest.fixture
def wu(desk) -> Client:
    client = Client()
    client.force_login(desk.wu.user)
    return client


@pytest.fixture
def talk(desk, lin) -> int:
    """Ms Lin's sweater pilled."""
    message = receive(
        channel="web", sender="lin", text="毛衣洗一次就起球", external_id="m1", customer=lin, store=desk.store.pk
    )
    return message.contact.thread_id
