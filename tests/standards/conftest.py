"""Events of the tests and house rules made of them, published as an operator would."""

from typing import ClassVar

import pytest
import yaml
from django.db import transaction

from clothier.eventlog.contracts import Event
from clothier.eventlog.models import Entry
from clothier.eventlog.services import record
from clothier.kernel.access import Role, Viewer
from clothier.kernel.refs import Ref
from clothier.standards import contracts
from clothier.standards.models import Promise
from clothier.standards.rules.documents import shelf
from clothier.standards.services import publish, save_draft

OPERATOR = Viewer(user=None, employee=4, role=Role.OPERATOR, stores=None)


class Asked(Event):
    type: ClassVar[str] = "test.asked"
    severity: str = "minor"
    tier: str = ""


class Answered(Event):
    type: ClassVar[str] = "test.answered"
    author: str = "human"


class Checked(Event):
    type: ClassVar[str] = "test.checked"


class Waiting(Event):
    type: ClassVar[str] = "test.waiting"
    waiting_for: str = "vendor"


class Resumed(Event):
    type: ClassVar[str] = "test.resumed"


class Wrote(Event):
    type: ClassVar[str] = "test.wrote"


class Reopened(Event):
    type: ClassVar[str] = "test.reopened"


class Regraded(Event):
    type: ClassVar[str] = "test.regraded"
    severity: str


class Withdrawn(Event):
    type: ClassVar[str] = "test.withdrawn"


ANSWER = {
    "key": "answer",
    "name": {"zh": "答复", "en": "Answer"},
    "owner": "associate",
    "reason": {"zh": "不让顾客等", "en": "Nobody waits"},
    "within": "10min",
    "severity": {"serious": "2min"},
    "tier": {"gold": "1min"},
    "start": [{"event": "test.asked"}],
    "keep": [{"event": "test.answered", "where": {"author": "human"}}],
    "cancel": [{"event": "test.withdrawn"}],
    "pause": [{"event": "test.waiting", "where": {"waiting_for": ["vendor", "customer"]}}],
    "resume": [{"event": "test.resumed"}],
    "word": [{"event": "test.wrote", "by": "customer"}],
    "reopen": [{"event": "test.reopened"}],
    "retarget": [{"event": "test.regraded"}],
    "pausing": {"reasons": ["vendor", "customer"], "cap": "1h"},
    "ladder": [{"tell": ["lead"]}, {"at": "20min", "tell": ["manager", "operator"]}],
}


def house_rules(*promises: dict, sync_window: str = "1h") -> None:
    """Publish these promises in place of the shipped ones."""
    text = yaml.safe_dump(
        {
            "title": {"zh": "试行"},
            "owner": "operator",
            "reason": {"zh": "测试"},
            "sync_window": sync_window,
            "promises": list(promises),
        },
        allow_unicode=True,
    )
    shelf.read("promises", text)
    publish(viewer=OPERATOR, version_id=save_draft(viewer=OPERATOR, key="promises", text=text).pk)


@pytest.fixture
def rules(db, saturday):
    house_rules(ANSWER)
    return saturday


@pytest.fixture
def ladder(monkeypatch):
    """Role holders by name: lead is 30, manager 40, nobody else; calls are noted."""
    calls: list[tuple] = []

    def who(role, store, zone, at):
        calls.append((role, store, zone))
        return {"lead": [30], "manager": [40]}.get(role, [])

    monkeypatch.setattr(contracts.role_resolver, "_answer", who)
    return calls


def happen(event: Event, number: int = 1, **about) -> Entry:
    with transaction.atomic():
        return record(event, subject=Ref("trial", number), **{"store": 1, "customer": 7, **about})


def promise(number: int = 1) -> Promise:
    return Promise.objects.filter(subject_kind="trial", subject_id=number).latest("id")
