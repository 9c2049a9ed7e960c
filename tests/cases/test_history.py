"""A past told as arrays is what the verbs would have left, and the proof finds what is not."""

import numpy as np

from clothier.cases import services
from clothier.cases.history import PastCases, load_cases
from clothier.cases.models import Budget, Case, Rating
from clothier.cases.selectors import case_differences, case_for
from clothier.kernel.columns import NEVER
from tests.cases.conftest import opened
from tests.conftest import SATURDAY

DAY = 86_400


def past(cast, lin) -> PastCases:
    """A complaint that was confirmed and rated, and a repair that is still open."""
    start = int(SATURDAY.timestamp()) - 30 * DAY
    first, second = np.array([start, start + DAY]), np.array([start + DAY, NEVER])
    return PastCases(
        kinds=["complaint", "repair"], topics=["product", "product"], severities=["minor", "minor"],
        origins=["chat", "store"], causes=["pilling", ""], stores=np.array([cast.store.pk] * 2),
        customers=[lin, None], owners=[cast.chen.pk, None], styles=np.array([7, 0]), texts=["起球", "拉链坏了"],
        replies=["抱歉", "收到"], solutions=["换新", "换拉链"], opened=first, answered=first + 60,
        offered=second, done=second + np.array([60, 0]), confirmed=second + np.array([120, 0]),
        closed=second + np.array([180, 0]), scores=np.array([5, 0]),
    )  # fmt: skip


def test_the_past_agrees_with_its_events(cast, lin):
    ids = load_cases(past(cast, lin))
    assert list(case_differences()) == []
    done, going = Case.objects.order_by("pk")
    assert (done.state, done.cause, going.state, Rating.objects.get().score) == ("closed", "pilling", "open", 5)
    told = case_for(cast.viewer(cast.wu), ids[0])
    assert [note.text for note in told.notes] == ["起球", "抱歉", "换新"]


def test_the_proof_finds_what_no_event_told(cast, lin):
    case = opened(cast, customer=lin)
    services.compensate(case=case.pk, form="coupon", fen=50_00, reason="抱歉", actor=cast.chen.pk)
    assert list(case_differences()) == []
    Case.objects.update(severity="serious", state="closed")
    Budget.objects.update(fen=60_00)
    case.compensations.update(state="asked")
    found = {(one.kind, one.column) for one in case_differences()}
    assert found == {("case", "severity"), ("case", "state"), ("case", "compensations"), ("budget", "fen")}
