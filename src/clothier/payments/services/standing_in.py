"""The demo's providers: stand-ins on this machine, with customers who mostly pay at once, and now and then do not."""

import json
import os
import random
import threading
from pathlib import Path

from django.conf import settings

from clothier.payments.contracts import Cause, Said
from clothier.payments.providers.alipay.standin import AlipayStandIn
from clothier.payments.providers.card.standin import CardStandIn
from clothier.payments.providers.registry import STANDINS
from clothier.payments.providers.standin import Act, StandIn, posts_to
from clothier.payments.providers.wechat.standin import WeChatStandIn

# What happens to a charge, and how often among a hundred; who has to confirm does so after some seconds.
_HABITS = (
    (Act(confirms=7.0), 74),
    (Act(ends=Said.WAITING, confirms=6.0), 14),
    (Act(ends=Said.FAILED, cause=Cause.INSUFFICIENT), 4),
    (Act(ends=Said.FAILED, cause=Cause.CODE_EXPIRED), 3),
    (Act(silent="after", notices=2), 3),
    (Act(ends=Said.WAITING), 2),
)


def stand_in(stop: threading.Event, *, notify: str) -> None:
    """Run the stand-ins until told to stop; how they are reached stands in the data folder, for this shop alone."""
    made: list[StandIn] = [WeChatStandIn(), AlipayStandIn(), CardStandIn()]
    for each in made:
        each.book.usual = _usual
        each.deliver = posts_to(f"{notify}/{each.name}/")
        each.start()
    path = Path(settings.HOME) / STANDINS
    _write(path, json.dumps({each.name: each.settings(f"{notify}/{each.name}/") for each in made}))
    try:
        while not stop.wait(1.0):
            for each in made:
                each.book.look()
    finally:
        path.unlink(missing_ok=True)
        for each in made:
            each.stop()


def _usual() -> Act:
    acts, weights = zip(*_HABITS, strict=True)
    chosen: Act = random.choices(acts, weights)[0]  # noqa: S311 - a game
    return chosen


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and nobody else's to read: there are keys in it."""
    beside = path.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    beside.replace(path)
