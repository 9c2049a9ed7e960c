"""Processes under one roof: whoever dies is back, from the first moment on."""

import os
import signal
from pathlib import Path

import pytest

from clothier.cli.supervisor import Child, Supervisor


@pytest.fixture(autouse=True)
def own_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_child_killed_before_the_doors_are_open_is_restarted(tmp_path: Path):
    lives = tmp_path / "lives"
    lives.touch()

    def live() -> None:
        with lives.open("a") as book:
            book.write("x")
        os.kill(os.getpid(), signal.SIGKILL)

    asked = 0

    def opened() -> bool:
        nonlocal asked
        asked += 1
        if len(lives.read_text()) == 2 or asked == 1000:
            os.kill(os.getpid(), signal.SIGTERM)
        return False

    Supervisor([Child("web-1", live)]).run(opened)
    assert lives.read_text() == "xx"
