"""What people asked: a question tried, gaps, false answers."""

from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.conversations.services import drafted
from clothier.desks.library.access import EDITORS, READERS
from clothier.desks.library.forms import MarkForm, QuestionForm, WhichForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.navigation import url
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.kernel.refs import number
from clothier.knowledge import selectors, services
from clothier.knowledge.contracts import Answer
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of

PAGE = 20


@require_GET
@signed_in(*READERS)
def trying(request: ViewerRequest) -> HttpResponseBase:
    """What the bot would answer now, why, and a way to say that it is wrong."""
    text = request.GET.get("text", "").strip()[:300]
    answer = selectors.answer(text, channel=request.GET.get("channel", ""), at=clock.now()) if text else None
    wrong = answer.article if answer else None
    wanted = bool(text) and request.GET.get("draft") == "1"
    context = {
        "text": text,
        "answer": answer,
        "form": MarkForm(initial={"text": text, "wrong": wrong}, none=_("都不对，或者还不知道")),
        "drafting": bool(settings.DRAFTING),
        "wanted": wanted,
        "draft": drafted(text, channel="") if wanted else None,
    }
    return render(request, "library/_tried.html" if request.headers.get("HX-Request") else "library/try.html", context)


@require_GET
@signed_in(*READERS)
def gaps(request: ViewerRequest) -> HttpResponseBase:
    context = {
        "rows": selectors.gaps(),
        "choices": selectors.choices(),
        "form": QuestionForm(),
        "editing": request.viewer.may(*EDITORS),
    }
    return render(request, "library/gaps.html", context)


@require_POST
@signed_in(*READERS)
def gap_new(request: ViewerRequest) -> HttpResponseBase:
    """An agent passes on what they were asked."""
    form = QuestionForm(request.POST)
    if form.is_valid():
        services.note_gap(text=form.cleaned_data["text"], channel="", key=request.POST.get("key") or None)
        toast(request, _("已记下，请编辑补充"))
    return redirect("library:gaps")


@require_POST
@signed_in(*EDITORS)
def gap_answer(request: ViewerRequest, gap: int) -> HttpResponseBase:
    """The gap's wordings become other ways to ask for an article."""
    form = WhichForm(request.POST)
    if selectors.gap(gap) is None:
        raise Http404
    if not form.is_valid() or not form.cleaned_data["article"]:
        toast(request, _("请选择一个条目"), bad=True)
        return redirect("library:gaps")
    services.answer_gap(gap=gap, article=form.cleaned_data["article"], actor=request.viewer.employee)
    toast(request, _("已学会这些问法"))
    return redirect("library:gaps")


@require_POST
@signed_in(*EDITORS)
def gap_dismissal(request: ViewerRequest, gap: int) -> HttpResponseBase:
    services.dismiss_gap(gap=gap, actor=request.viewer.employee)
    toast(request, _("已搁置；再有人问会重新出现"), undo=url("library:gap-reopening", gap))
    return redirect("library:gaps")


@require_POST
@signed_in(*EDITORS)
def gap_reopening(request: ViewerRequest, gap: int) -> HttpResponseBase:
    services.reopen_gap(gap=gap)
    return redirect("library:gaps")


@require_GET
@signed_in(*READERS)
def marks(request: ViewerRequest) -> HttpResponseBase:
    """False answers, and whether each would still be given."""
    rows = selectors.marks(before=number(request.GET.get("before", "")), limit=PAGE)
    settled = [row.pk for row in rows if row.settled_at]
    now, names, of = clock.now(), names_of(row.marked_by for row in rows), selectors.choices()
    tried = [(row, _said(selectors.answer(row.text, channel=row.channel, at=now))) for row in rows]
    context = {
        "rows": [
            (
                row,
                names.get(row.marked_by or 0, ""),
                row.right_id in said if row.right_id else row.article_id not in said,
            )
            for row, said in tried
        ],
        "choices": of,
        "titles": dict(of),
        "next": f"?before={settled[-1]}" if len(settled) == PAGE else "",
        "editing": request.viewer.may(*EDITORS),
    }
    return render(request, "library/marks.html", context)


def _said(answer: Answer) -> list[int]:
    """The articles that answer outright."""
    return [source.article for source in answer.sources]


@require_POST
@signed_in(*READERS)
def mark_new(request: ViewerRequest) -> HttpResponseBase:
    """Anybody who reads may say that an answer is wrong; the right one is learned only from an editor."""
    form = MarkForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        right = said["article"] if request.viewer.may(*EDITORS) else None
        services.mark_false(
            text=said["text"],
            article=said["wrong"],
            right=right,
            reason=said["reason"],
            actor=request.viewer.employee,
            key=request.POST.get("key") or None,
        )
        toast(request, _("已更正，下次会答对") if right else _("已记下，请编辑更正"))
    return redirect("library:marks")


@require_POST
@signed_in(*EDITORS)
def mark_settlement(request: ViewerRequest, mark: int) -> HttpResponseBase:
    form = WhichForm(request.POST)
    if selectors.mark(mark) is None:
        raise Http404
    if form.is_valid():
        services.settle_mark(mark=mark, right=form.cleaned_data["article"], actor=request.viewer.employee)
        toast(request, _("已处理，留作测试题"))
    return redirect("library:marks")
