"""Zhou at the agenda, a stylist on shift, and Ms Lin."""

import pytest
from django.test import Client

from tests.bookings.conftest import lin, mei, rooms, stylist

__all__ = ["lin", "mei", "rooms", "stylist"]


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.zhou.user)
    return client


@pytest.fixture
def office(cast):
    client = Client()
    client.force_login(cast.wu.user)
    return client
