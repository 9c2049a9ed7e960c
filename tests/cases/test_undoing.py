"""A slip is taken back as one more event, clocks and all; what the customer was told stays told."""

import pytest

from clothier.cases import services
from clothier.cases.models import Case
from clothier.cases.rules.course import replayed
from clothier.eventlog.selectors import history
from clothier.kernel.access import SYSTEM
from clothier.kernel.errors import Refused
from clothier.standards.selectors import promises_for
from tests.cases.conftest import opened

HOUR = 3_600


def undone(case, cast) -> Case:
    """The case after taking its last step back, as a replay of its events gives it too."""
    services.undo(case=case.pk, actor=cast.chen.pk)
    row = Case.objects.get(pk=case.pk)
    assert row.standing == replayed(entry.event for entry in history(case.ref))
    return row


def state(case, key) -> str:
    return promises_for(SYSTEM, subject=case.ref, keys=[key])[0].state


def test_a_solution_offered_by_mistake_was_never_offered_and_its_clock_runs_on(cast, saturday):
    case = opened(cast)
    services.offer_solution(case=case.pk, text="全额退款", actor=cast.chen.pk)
    assert state(case, "complaint_solution") == "kept"
    saturday.advance(60)
    row = undone(case, cast)
    assert (row.offered, state(case, "complaint_solution")) == (False, "running")
    assert list(case.notes.order_by("pk").values_list("kind", flat=True)) == ["opening", "internal"]
    # A second solution taken back leaves the first.
    services.offer_solution(case=case.pk, text="换一件新的", actor=cast.chen.pk)
    services.offer_solution(case=case.pk, text="打错了", actor=cast.chen.pk)
    assert (undone(case, cast).offered, state(case, "complaint_solution")) == (True, "kept")


def test_done_too_early_is_open_again_with_its_clock(cast, saturday):
    case = opened(cast, kind="repair", holder="shop")
    services.done(case=case.pk, actor=cast.chen.pk)
    assert state(case, "aftersales_done") == "kept"
    assert (undone(case, cast).state, state(case, "aftersales_done")) == ("open", "running")


def test_goods_handed_over_by_mistake_are_here_again(cast, saturday):
    case = opened(cast, kind="repair", holder="shop")
    services.hand_over_goods(case=case.pk, holder="vendor", vendor="衣修坊", reason="换拉链", actor=cast.chen.pk)
    assert state(case, "aftersales_done") == "paused"
    assert (undone(case, cast).holder, state(case, "aftersales_done")) == ("shop", "running")
    with pytest.raises(Refused):
        services.undo(case=case.pk, actor=cast.chen.pk)


def test_a_cause_and_a_link_are_as_they_were(cast):
    case, other = opened(cast), opened(cast)
    services.set_cause(case=case.pk, cause="pilling", actor=cast.chen.pk)
    services.set_cause(case=case.pk, cause="fading", actor=cast.chen.pk)
    assert undone(case, cast).cause == "pilling"
    services.link(case=case.pk, other=other.pk, relation="sibling", actor=cast.chen.pk)
    undone(case, cast)
    assert case.links_as_a.count() == 0


@pytest.mark.parametrize("past", ["told", "wrote", "late", "confirmed"])
def test_what_left_the_house_stays_said(cast, saturday, past):
    case = opened(cast)
    services.offer_solution(case=case.pk, text="换一件新的", actor=cast.chen.pk)
    match past:
        case "told":
            services.reply(case=case.pk, text="方案给您发过去了", actor=cast.chen.pk)
        case "wrote":
            services.customer_wrote(case=case.pk, text="可以")
        case "late":
            saturday.advance(601)
        case "confirmed":
            services.confirm_result(case=case.pk, actor=None)
    with pytest.raises(Refused):
        services.undo(case=case.pk, actor=cast.chen.pk)
