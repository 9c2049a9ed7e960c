"""Reading the house rules."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clothier.desks.rulebook import reading, words
from clothier.desks.shell.access import signed_in
from clothier.kernel.access import Role
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import employees_for
from clothier.standards.selectors import SECTIONS, document, guessed_years, in_force, readers, unread, versions_for


@signed_in()
def index(request: ViewerRequest) -> HttpResponse:
    """All documents, what waits for the reader, and the drafts in hand."""
    held = in_force()
    owed = {version.document for version in unread(request.viewer)}
    sections = [
        {
            "key": key,
            "title": words.say(document(key).title.model_dump()),
            "reason": words.say(document(key).reason.model_dump()),
            "owner": words.role(document(key).owner),
            "version": held.get(key),
            "unread": key in owed,
        }
        for key in SECTIONS
    ]
    drafts = versions_for(request.viewer).filter(state="draft").defer("text")[:20]
    years = guessed_years()
    context = {"sections": sections, "drafts": drafts, "years": years, "edits": request.viewer.may(Role.OPERATOR)}
    return render(request, "rulebook/index.html", context)


@signed_in()
def whole(request: ViewerRequest) -> HttpResponse:
    """The service manual: every document in force, to be read from front to back or printed."""
    held = in_force()
    chapters = [{"key": key, "article": reading.in_force(key), "version": held.get(key)} for key in SECTIONS]
    return render(request, "rulebook/manual.html", {"chapters": chapters})


@signed_in()
def section(request: ViewerRequest, key: str) -> HttpResponse:
    """One document, its version, and who has read it."""
    if key not in SECTIONS:
        raise Http404
    version = in_force().get(key)
    rules = document(key)
    context = {
        "key": key,
        "article": reading.in_force(key),
        "version": version,
        "owed": any(one.document == key for one in unread(request.viewer)),
        "edits": request.viewer.may(Role.OPERATOR),
        "tightens": key == "promises" and request.viewer.may(Role.MANAGER, Role.OPERATOR),
        "asked": _("、").join(words.role(role) for role in rules.acknowledged_by),
        "years": guessed_years() if key == "calendars" else {},
    }
    if version and request.viewer.may(Role.MANAGER, Role.OPERATOR):
        read = readers(version)
        people = employees_for(request.viewer).filter(role__in=rules.acknowledged_by).order_by("number")[:500]
        context["readers"] = [{"person": one, "read": read.get(one.pk)} for one in people]
        context["read_count"] = sum(1 for one in people if one.pk in read)
    return render(request, "rulebook/section.html", context)
