"""The one next step of a case: what it wants from us now, in a sentence and as an action."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clothier.cases.contracts import AFTERSALES, Holder, Kind, NoteKind, State
from clothier.cases.selectors import CaseFile, is_find
from clothier.eventlog.contracts import Happening


@dataclass(frozen=True, slots=True)
class Step:
    action: str
    say: Promise


_ASKS = frozenset({"case.opened", "case.customer_wrote", "case.reopened"})
_ANSWERS = frozenset({"case.reply_sent", "case.called", "case.solution_offered", "case.specialist_contacted"})


def next_step(file: CaseFile, entries: Sequence[Happening]) -> Step:
    """Whoever has the turn: the first of these that is true."""
    case = file.view
    if case.state == State.WITHDRAWN:
        return Step("note", _("顾客已撤回，没有要做的事"))
    if case.state == State.CLOSED:
        return Step("note", _("已关闭，没有要做的事"))
    if case.state == State.CONFIRMED:
        return Step("closure", _("顾客满意，可以关闭了"))
    if case.state == State.SOLVED:
        return Step("attempts", _("事情办好了，请顾客说一声是不是满意"))
    # Of what was found nobody waits for an answer.
    if not is_find(file.case) and _waits_for_us(entries):
        return Step("reply", _("先回顾客一句，让他知道有人在管"))
    if case.state == State.WAITING:
        return Step("resumption", _("在等。等到了就继续"))
    if case.complex and not any(note.kind == NoteKind.CALL for note in file.notes):
        return Step("specialist", _("复杂的事：专员先和顾客说上话"))
    if case.kind == Kind.COMPLAINT:
        return (
            Step("done", _("方案说好了，做完就办结"))
            if file.case.offered
            else Step("solution", _("给顾客一个做得到的方案"))
        )
    if case.kind in AFTERSALES or case.holder == Holder.SHOP:
        return _goods(file)
    return Step("done", _("答复清楚了就办结"))


def _goods(file: CaseFile) -> Step:
    holder = file.view.holder
    if holder == Holder.VENDOR:
        return Step("receipt", _("货在维修商处，收回来就登记"))
    if holder != Holder.SHOP:
        return (
            Step("done", _("货在顾客手里；都办好了就办结"))
            if file.handovers
            else Step("receipt", _("请顾客把货交来，收到就登记"))
        )
    if file.view.kind == Kind.LOST:
        return Step("handover", _("东西在店里，失主来了签字领走"))
    repaired = any(one.holder == Holder.VENDOR for one in file.handovers)
    if file.view.kind == Kind.REPAIR and not repaired:
        return Step("handover", _("货在店里，交给维修商，或修好交还顾客"))
    return Step("handover", _("货在店里，处理好就交还顾客"))


def _waits_for_us(entries: Sequence[Happening]) -> bool:
    """The customer said something last, wherever it was said, or nobody has answered yet."""
    return next((entry.type in _ASKS for entry in reversed(entries) if entry.type in _ASKS | _ANSWERS), True)
