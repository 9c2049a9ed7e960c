"""Segments: the shelf, the builder with its live size, the people, the file."""

from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.selectors import (
    condition_of,
    layer_names,
    members,
    segment_for,
    segments_for,
    size_of,
    versions_of,
)
from clothier.customers.selectors.rows import Segment
from clothier.desks.profiles import builder, composing, saying, sheets
from clothier.desks.profiles.desk import KEEPERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest

PAGE = 50


@signed_in(*KEEPERS)
def shelf(request: ViewerRequest) -> HttpResponse:
    archived = "archived" in request.GET
    rows = [(*found, saying.say(found[-1])) for found in segments_for(request.viewer, archived=archived)]
    return render(request, "profiles/segments.html", {"segments": rows, "archived": archived})


@signed_in(*KEEPERS)
def new(request: ViewerRequest) -> HttpResponse:
    built = builder.read(request.POST) if request.method == "POST" else composing.begun()
    return _edit(request, None, built)


@signed_in(*KEEPERS)
def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    segment = _segment(request, pk)
    built = builder.read(request.POST) if request.method == "POST" else builder.rows_of(condition_of(pk))
    if built is None:
        raise Refused(_("这个人群的条件不是在这里搭建的，只能查看。"))
    return _edit(request, segment, built)


@require_POST
@signed_in(*KEEPERS)
def rows(request: ViewerRequest) -> HttpResponse:
    """The builder's rows after one was added or taken away."""
    built = composing.changed(request.POST)
    return render(request, "profiles/builder_rows.html", composing.context(request.viewer, built))


@require_POST
@signed_in(*KEEPERS)
def size(request: ViewerRequest) -> HttpResponse:
    """The live size of what the form says now."""
    return render(request, "profiles/segment_size.html", composing.size(builder.read(request.POST)))


@signed_in(*KEEPERS)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    segment = _segment(request, pk)
    versions = versions_of(pk)
    condition, after = versions[0][1], number(request.GET.get("after", "")) or 0
    people = members(condition, after=after, limit=PAGE)
    context = {
        "segment": segment,
        "words": saying.say(condition),
        "people": people,
        "layers": layer_names(),
        "next": f"?after={people[-1].pk}" if len(people) == PAGE else "",
        "size": None if after else size_of(condition),
        "versions": [(version, saying.say(then)) for version, then in versions],
    }
    return render(request, "profiles/segment.html", context)


@require_POST
@signed_in(*KEEPERS)
def export(request: ViewerRequest, pk: int) -> HttpResponseBase:
    segment = _segment(request, pk)
    services.note_list_export(request.viewer, segment_id=pk)
    response = StreamingHttpResponse(sheets.rows(condition_of(pk)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(segment.name)}.csv"
    return response


@require_POST
@signed_in(*KEEPERS)
def archive(request: ViewerRequest, pk: int) -> HttpResponse:
    services.archive_segment(segment_id=_segment(request, pk).pk)
    toast(request, _("已归档。"), undo=reverse("profiles:segment_restore", args=[pk]))
    return redirect("profiles:segments")


@require_POST
@signed_in(*KEEPERS)
def restore(request: ViewerRequest, pk: int) -> HttpResponse:
    services.restore_segment(segment_id=_segment(request, pk).pk)
    toast(request, _("已恢复。"))
    return redirect("profiles:segment", pk)


def _edit(request: ViewerRequest, segment: Segment | None, built: builder.Builder) -> HttpResponse:
    error: dict[str, str] = {}
    if request.method == "POST" and "save" in request.POST:
        try:
            saved = _save(request, segment, built)
        except Refused as refused:
            error = {refused.field: refused.message}
        else:
            toast(request, _("已保存。"))
            return redirect("profiles:segment", saved)
    elif request.method == "POST":
        built = composing.changed(request.POST)  # Without script, "add a row" comes here.
    context = {
        "segment": segment,
        "name": request.POST.get("name", segment.name if segment else ""),
        "note": request.POST.get("note", segment.note if segment else ""),
        "error": error,
        **composing.context(request.viewer, built),
        **composing.size(built),
    }
    return render(request, "profiles/segment_edit.html", context, status=422 if error else 200)


def _save(request: ViewerRequest, segment: Segment | None, built: builder.Builder) -> int:
    return services.save_segment(
        name=request.POST.get("name", ""),
        note=request.POST.get("note", ""),
        condition=composing.checked(built),
        segment_id=segment.pk if segment else None,
        actor=request.viewer.employee,
    )


def _segment(request: ViewerRequest, pk: int) -> Segment:
    segment = segment_for(request.viewer, pk)
    if segment is None:
        raise Http404
    return segment
