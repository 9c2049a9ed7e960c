"""The versions of a document: read, compare, restore, acknowledge."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.rulebook import words
from clothier.desks.rulebook.reading import change, lay_out
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of
from clothier.standards.contracts import Faulty
from clothier.standards.selectors import (
    SECTIONS,
    compared,
    document,
    in_force,
    parsed,
    shipped_text,
    text_in_force,
    versions_for,
)
from clothier.standards.services import acknowledge_rules, restore_shipped, roll_back

PAGE = 30


@signed_in()
def listing(request: ViewerRequest, key: str) -> HttpResponse:
    if key not in SECTIONS:
        raise Http404
    rows = versions_for(request.viewer, key).select_related("restores").defer("text")
    if before := number(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    versions = list(rows[: PAGE + 1])
    held = in_force().get(key)
    names = names_of([one.published_by or one.written_by for one in versions])
    context = {
        "key": key,
        "title": words.say(document(key).title.model_dump()),
        "rows": [
            {"version": one, "who": names.get(one.published_by or one.written_by or 0, "")} for one in versions[:PAGE]
        ],
        "next": f"?before={versions[PAGE - 1].pk}" if len(versions) > PAGE else "",
        "held": held.pk if held else None,
    }
    return render(request, "rulebook/versions.html", context)


@signed_in()
def page(request: ViewerRequest, pk: int) -> HttpResponse:
    """One version, and what is different in the rules that hold today."""
    version = get_object_or_404(versions_for(request.viewer), pk=pk)
    try:
        found = compared(version.document, version.text, text_in_force(version.document))
        article = lay_out(parsed(version.document, version.text))
    except Faulty:
        found, article = [], None
    context = {
        "version": version,
        "article": article,
        "sentences": [change(one.path[1:] or one.path, one.before, one.after) for one in found],
        "title": words.say(document(version.document).title.model_dump()),
        "edits": request.viewer.may(Role.OPERATOR),
        "names": names_of([version.published_by, version.written_by]),
    }
    return render(request, "rulebook/version.html", context)


@signed_in(Role.OPERATOR)
@require_POST
def restoration(request: ViewerRequest, pk: int) -> HttpResponseRedirect:
    get_object_or_404(versions_for(request.viewer), pk=pk)
    restored = roll_back(viewer=request.viewer, version_id=pk)
    toast(request, _("已恢复，作为第 %(number)s 版发布") % {"number": restored.number})
    return redirect("rulebook:section", restored.document)


@signed_in()
def shipped(request: ViewerRequest, key: str) -> HttpResponse:
    """The text Clothier came with, and what restoring it would change."""
    if key not in SECTIONS:
        raise Http404
    text = shipped_text(key)
    found = compared(key, text_in_force(key), text)
    context = {
        "key": key,
        "title": words.say(document(key).title.model_dump()),
        "article": lay_out(parsed(key, text)),
        "sentences": [change(one.path[1:] or one.path, one.before, one.after) for one in found],
        "edits": request.viewer.may(Role.OPERATOR),
    }
    return render(request, "rulebook/shipped.html", context)


@signed_in(Role.OPERATOR)
@require_POST
def shipped_restoration(request: ViewerRequest, key: str) -> HttpResponseRedirect:
    if key not in SECTIONS:
        raise Http404
    restored = restore_shipped(viewer=request.viewer, key=key)
    toast(request, _("已恢复出厂文本，作为第 %(number)s 版发布") % {"number": restored.number})
    return redirect("rulebook:section", key)


@signed_in()
@require_POST
def acknowledgement(request: ViewerRequest, pk: int) -> HttpResponseRedirect:
    version = get_object_or_404(versions_for(request.viewer), pk=pk)
    acknowledge_rules(viewer=request.viewer, version_id=pk)
    toast(request, _("已确认阅读"))
    return redirect("rulebook:section", version.document)
