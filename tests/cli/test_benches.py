"""The benches that serve a shop of their own, in small: that they run to the end and measure what they say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A folder that both benches fill once."""
    return tmp_path_factory.mktemp("bench")


def figures(shop: Path, *words: str) -> dict[str, float]:
    """What a bench of sixty customers printed, by name. It fails where a line is refused or a page stays deaf."""
    command = [sys.executable, "-m", "clothier.cli", "bench", *words, "--customers", "60", "--data", shop, "--json"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert answer["database"] == connection.vendor
    return {figure["name"]: figure["value"] for figure in answer["figures"]}


def test_streams_are_told_over_http_acknowledged_and_applied(shop):
    told = figures(shop, "ingest", "--load", "300")
    for kind in ("sales", "arrivals", "a third each"):
        assert told[f"{kind}, over HTTP"] > 0
        assert told[f"{kind}, over HTTP: applied after"] > 0


def test_an_event_reaches_every_open_page_and_words_the_other_screen(shop):
    told = figures(shop, "live", "--pages", "20", "--chats", "4")
    assert told["20 pages: all have it after, worst of 20"] > 0
    assert told["20 pages: all know of 2000 events at once after"] > 0
    for pace in ("one message at a time", "10 messages a second"):
        assert told[f"4 chats, 4 agents: {pace}, on the other's screen after p95"] > 0
