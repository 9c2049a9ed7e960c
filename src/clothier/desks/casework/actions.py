"""Everything that can be done to a case, once: its words, its form, its verb, and when it makes sense.

The page draws its buttons from here, and each has an address of its own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clothier.cases import services
from clothier.cases.contracts import (
    AFTERSALES,
    AT_WORK,
    LIVING,
    UNSETTLED,
    CaseView,
    Holder,
    Kind,
    Relation,
    Severity,
    State,
)
from clothier.cases.selectors import CaseFile, threads_of
from clothier.desks.casework import forms as f
from clothier.kernel.access import Viewer
from clothier.staff.selectors import crew_for


@dataclass(frozen=True, slots=True)
class Action:
    """`verb` takes the case, the form's values, `actor` and `key`. `guarded`: customers read it, so the language guard
    speaks while it is typed. `undo`: the action that takes it back.
    """

    key: str
    label: Promise
    icon: str
    form: type[forms.Form]
    verb: Callable[..., Any]
    when: Callable[[CaseView], bool]
    said: Promise
    guarded: bool = False
    undo: str = ""


# A drawing as the page's pen makes it: moves and lines on a square of a thousand.
PEN = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+")


def _in(*states: State | frozenset[State]) -> Callable[[CaseView], bool]:
    wanted = frozenset({state for some in states for state in (some if isinstance(some, frozenset) else {some})})
    return lambda case: case.state in wanted


def _has_goods(case: CaseView) -> bool:
    return case.kind in (*AFTERSALES, Kind.LOST) or case.holder != Holder.NONE


def _reply(*, case: int, **told: Any) -> Any:
    """In the conversation the case is spoken of in; where there is none, on the service card."""
    return services.reply_in_chat(case=case, **told) if threads_of(case) else services.reply(case=case, **told)


def _signed(signature: str, drawn: str) -> str:
    """The name, and beneath it what was drawn, if it is a drawing."""
    return f"{signature}\n{drawn}" if drawn and PEN.fullmatch(drawn) else signature


def _receive(*, signature: str, drawn: str, **told: Any) -> Any:
    return services.receive_goods(signature=_signed(signature, drawn), **told)


def _hand_over(*, signature: str, drawn: str, **told: Any) -> Any:
    return services.hand_over_goods(signature=_signed(signature, drawn), **told)


def _link(*, case: int, other: int, relation: str, actor: int, key: str | None) -> Any:
    """The same matter written down twice is made one."""
    if relation == Relation.DUPLICATE:
        return services.merge(case=case, into=other, actor=actor, key=key)
    return services.link(case=case, other=other, relation=relation, actor=actor, key=key)


ACTIONS: dict[str, Action] = {
    one.key: one
    for one in (
        Action("reply", pgettext_lazy("case action", "回复"), "chat", f.AnswerForm, _reply, _in(LIVING),
               _("已回复，顾客在服务卡上看得到"), guarded=True),
        Action("call", pgettext_lazy("case action", "记电话"), "phone", f.CallForm, services.call, _in(LIVING),
               _("电话已记下")),
        Action("specialist", pgettext_lazy("case action", "专员已联系"), "person", f.TextForm,
               services.contact_specialist, lambda case: case.complex and case.state in LIVING, _("已记下")),
        Action("solution", pgettext_lazy("case action", "给方案"), "heart", f.AnswerForm,
               services.offer_solution, _in(AT_WORK), _("方案已告知顾客"), guarded=True, undo="undo"),
        Action("compensation", pgettext_lazy("case action", "补偿"), "gift", f.GiveForm, services.compensate,
               _in(LIVING), _("补偿已登记")),
        Action("receipt", pgettext_lazy("case action", "收到货"), "box", f.SignedForm, _receive,
               lambda case: case.state in LIVING and _has_goods(case) and case.holder != Holder.SHOP,
               _("货品在店里了"), undo="undo"),
        Action("handover", pgettext_lazy("case action", "交出货品"), "arrow", f.HandoverForm,
               _hand_over,
               lambda case: case.state in LIVING and _has_goods(case) and case.holder == Holder.SHOP,
               _("已交接"), undo="undo"),
        Action("waiting", pgettext_lazy("case action", "等待"), "pause", f.WaitForm, services.wait, _in(AT_WORK),
               _("已转为等待"), undo="resumption"),
        Action("resumption", pgettext_lazy("case action", "继续处理"), "refresh", f.Nothing, services.resume,
               _in(State.WAITING), _("继续处理")),
        Action("done", pgettext_lazy("case action", "办结"), "check", f.Nothing, services.done, _in(AT_WORK),
               _("已办结，请顾客确认"), undo="undo"),
        Action("attempts", pgettext_lazy("case action", "请顾客确认"), "bell", f.AttemptForm,
               services.ask_confirmation, _in(UNSETTLED), _("这次联系已记下")),
        Action("confirmation", pgettext_lazy("case action", "顾客已确认"), "check", f.Nothing,
               services.confirm_result, _in(UNSETTLED), _("结果已确认")),
        Action("closure", pgettext_lazy("case action", "关闭"), "lock", f.Nothing, services.close,
               _in(State.SOLVED, State.CONFIRMED), _("已关闭")),
        Action("reopening", pgettext_lazy("case action", "重开"), "undo", f.ReasonForm, services.reopen,
               _in(State.SOLVED, State.CONFIRMED, State.CLOSED), _("已重开")),
        Action("withdrawal", pgettext_lazy("case action", "顾客撤回"), "close", f.ReasonForm, services.withdraw,
               _in(LIVING), _("已撤回")),
        Action("note", pgettext_lazy("case action", "内部备注"), "note", f.TextForm, services.add_note,
               lambda case: True, _("已记下")),
        Action("class", pgettext_lazy("case action", "改分类"), "tag", f.ClassForm, services.reclassify, _in(LIVING),
               _("分类已更新")),
        Action("complexity", pgettext_lazy("case action", "标为复杂"), "merge", f.Nothing, services.mark_complex,
               lambda case: case.state in LIVING and not case.complex, _("已标为复杂，专员会联系顾客")),
        Action("gravity", pgettext_lazy("case action", "标为重大"), "warning", f.Nothing, services.mark_serious,
               lambda case: case.state in LIVING and case.severity != Severity.SERIOUS,
               _("已标为重大，总经理会给方案")),
        Action("cause", pgettext_lazy("case action", "定原因"), "search", f.CauseForm, services.set_cause,
               lambda case: True, _("原因已记下"), undo="undo"),
        Action("owner", pgettext_lazy("case action", "转给同事"), "people", f.OwnerForm, services.assign, _in(LIVING),
               _("已转交")),
        Action("link", pgettext_lazy("case action", "关联服务单"), "link", f.LinkForm, _link,
               lambda case: True, _("已关联"), undo="undo"),
    )
}  # fmt: skip


def open_to(case: CaseView) -> list[Action]:
    """What makes sense now, in the order of the table."""
    return [action for action in ACTIONS.values() if action.when(case)]


def form_of(
    one: Action, viewer: Viewer, file: CaseFile, told: Any = None, *, given: Mapping[str, str] | None = None
) -> forms.Form:
    """Empty, or with what was posted; filled with what the case says already, and what was `given` beforehand."""
    if one.form is f.OwnerForm:
        return f.OwnerForm(told, people=_colleagues(viewer, file), initial={"owner": file.view.owner_id})
    known = {"kind": file.view.kind, "topic": file.view.topic, "severity": file.view.severity,
             "complex": file.view.complex, "cause": file.view.cause}  # fmt: skip
    return one.form(told, initial=known | dict(given or {}))


def _colleagues(viewer: Viewer, file: CaseFile) -> list[tuple[int, str]]:
    """Who could take it over: the crew of its store."""
    store = file.view.store_id
    found = [(one.id, one.name) for one in crew_for(viewer, store=store)] if store else []
    mine = [(viewer.employee, viewer.name)] if viewer.employee else []
    return [*mine, *(pair for pair in found if pair[0] != viewer.employee)]
