"""Writing the house rules: a text, its preview, its publication."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.desks.rulebook import words
from clothier.desks.rulebook.forms import PublishForm, TextForm
from clothier.desks.rulebook.reading import change
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest
from clothier.standards.contracts import Faulty
from clothier.standards.selectors import SECTIONS, compared, document, text_in_force, versions_for
from clothier.standards.services import discard_draft, publish, save_draft


@signed_in(Role.OPERATOR)
def edit(request: ViewerRequest, key: str) -> HttpResponse:
    """A new draft of a document, beginning with the text in force."""
    if key not in SECTIONS:
        raise Http404
    form = TextForm(request.POST or None, key=key, initial={"text": text_in_force(key)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        draft = save_draft(viewer=request.viewer, key=key, text=said["text"], summary=said["summary"])
        return redirect("rulebook:draft", draft.pk)
    return _text_page(request, form, key)


@signed_in(Role.OPERATOR)
def text(request: ViewerRequest, pk: int) -> HttpResponse:
    """Go on writing a draft."""
    version = get_object_or_404(versions_for(request.viewer), pk=pk, state="draft")
    form = TextForm(
        request.POST or None, key=version.document, initial={"text": version.text, "summary": version.summary}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        save_draft(viewer=request.viewer, key=version.document, text=said["text"], summary=said["summary"], draft_id=pk)
        return redirect("rulebook:draft", pk)
    return _text_page(request, form, version.document)


def _text_page(request: ViewerRequest, form: TextForm, key: str) -> HttpResponse:
    context = {"form": form, "key": key, "title": words.say(document(key).title.model_dump())}
    return render(request, "rulebook/text.html", context, status=422 if form.errors else 200)


@signed_in(Role.OPERATOR)
def draft(request: ViewerRequest, pk: int) -> HttpResponse:
    """What a draft would change, in words, before it is published."""
    return _draft_page(request, pk, PublishForm())


def _draft_page(request: ViewerRequest, pk: int, form: PublishForm) -> HttpResponse:
    version = get_object_or_404(versions_for(request.viewer), pk=pk, state="draft")
    faults: list[tuple[int, str]] = []
    sentences: list[str] = []
    try:
        found = compared(version.document, text_in_force(version.document), version.text)
        sentences = [change(one.path[1:] or one.path, one.before, one.after) for one in found]
    except Faulty as fault:
        faults = fault.faults
    context = {
        "version": version,
        "form": form,
        "sentences": sentences,
        "faults": faults,
        "title": words.say(document(version.document).title.model_dump()),
    }
    return render(request, "rulebook/draft.html", context, status=422 if form.errors else 200)


@signed_in(Role.OPERATOR)
@require_POST
def publication(request: ViewerRequest, pk: int) -> HttpResponse:
    form = PublishForm(request.POST)
    version = get_object_or_404(versions_for(request.viewer), pk=pk)
    if form.is_valid():
        try:
            publish(viewer=request.viewer, version_id=pk, effective_at=form.cleaned_data["effective_at"])
            toast(request, _("已发布"))
            return redirect("rulebook:section", version.document)
        except Refused as refused:
            if not refused.field:
                # Somebody else has just published or discarded it: there is no draft left to show.
                toast(request, refused.message, bad=True)
                return redirect("rulebook:section", version.document)
            refuse(form, refused)
    return _draft_page(request, pk, form)


@signed_in(Role.OPERATOR)
@require_POST
def removal(request: ViewerRequest, pk: int) -> HttpResponseRedirect:
    version = get_object_or_404(versions_for(request.viewer), pk=pk, state="draft")
    discard_draft(viewer=request.viewer, version_id=pk)
    toast(request, _("草稿已丢弃"))
    return redirect("rulebook:section", version.document)
