"""The doctor reads a small file whole and a great one by stretches."""

import pytest
from django.db import connection

from clothier.cli import soundness
from clothier.places.models import Zone

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL watches its references itself")


@pytest.fixture
def lost_store(cast):
    """A zone of a store that is not there; put right before the transaction would notice."""
    zone = Zone.objects.first()
    there = zone.store_id
    Zone.objects.filter(pk=zone.pk).update(store_id=999_999)
    yield
    Zone.objects.filter(pk=zone.pk).update(store_id=there)


def test_a_sound_file_is_told_so(cast):
    assert soundness.examine_file() == soundness.Soundness(["ok"], 0, [])


def test_a_reference_that_leads_nowhere_is_found(lost_store):
    assert soundness.examine_file().loose == 1


def test_of_great_tables_a_sample_is_read_and_said_so(lost_store, monkeypatch):
    monkeypatch.setattr(soundness, "WHOLE", 0)
    found = soundness.examine_file()
    assert found.loose == 1
    assert "places_zone" in found.sampled
