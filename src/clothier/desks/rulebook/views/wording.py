"""The form of one promise."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.rulebook.forms import PromiseForm, initial_of
from clothier.desks.rulebook.reading import promise_sentence
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest
from clothier.standards.selectors import document
from clothier.standards.services import draft_promise, draft_without

# Where pydantic's field and the form's differ.
_FIELDS = {"start": "start", "keep": "keep_1", "name": "name_zh", "reason": "reason_zh", "tier": "tier_gold"}


@signed_in(Role.OPERATOR)
def new(request: ViewerRequest) -> HttpResponse:
    return _page(request, PromiseForm(request.POST or None), {}, "")


@signed_in(Role.OPERATOR)
def edit(request: ViewerRequest, key: str) -> HttpResponse:
    rule = document("promises").find(key)
    if rule is None:
        raise Http404
    content = rule.pinned()
    return _page(request, PromiseForm(request.POST or None, initial=initial_of(content)), content, key)


def _page(request: ViewerRequest, form: PromiseForm, below: dict[str, Any], key: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        content = form.content(below)
        if key:
            content["key"] = key
        name = form.cleaned_data["name_zh"]
        summary = (_("修改承诺：%(name)s") if key else _("新增承诺：%(name)s")) % {"name": name}
        try:
            draft = draft_promise(viewer=request.viewer, content=content, replaces=key, summary=summary)
            return redirect("rulebook:draft", draft.pk)
        except Refused as refused:
            refuse(form, Refused(refused.message, field=_FIELDS.get(refused.field, refused.field)))
    context = {"form": form, "key": key, "sentence": promise_sentence(below) if below else ""}
    return render(request, "rulebook/wording.html", context, status=422 if form.errors else 200)


@signed_in(Role.OPERATOR)
@require_POST
def removal(request: ViewerRequest, key: str) -> HttpResponseRedirect:
    rule = document("promises").find(key)
    if rule is None:
        raise Http404
    summary = _("删去承诺：%(name)s") % {"name": rule.name.zh}
    return redirect("rulebook:draft", draft_without(viewer=request.viewer, key=key, summary=summary).pk)
