"""Segments: the shelf, the builder with its live size, the people, the file."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.selectors import (
    choices,
    condition_of,
    layer_names,
    members,
    segment_for,
    segments_for,
    size_of,
    tags_in_use,
)
from clothier.customers.selectors.rows import Segment
from clothier.desks.profiles import builder, saying, sheets
from clothier.desks.profiles.desk import KEEPERS
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for
from clothier.staff.middleware import ViewerRequest

PAGE = 50


@signed_in(*KEEPERS)
def shelf(request: ViewerRequest) -> HttpResponse:
    archived = "archived" in request.GET
    rows = [(*found, saying.say(found[-1])) for found in segments_for(request.viewer, archived=archived)]
    return render(request, "profiles/segments.html", {"segments": rows, "archived": archived})


@signed_in(*KEEPERS)
def new(request: ViewerRequest) -> HttpResponse:
    built = builder.read(request.POST) if request.method == "POST" else builder.Builder(rows=[builder.Row("layer")])
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
    built = _changed(request)
    return render(request, "profiles/segment_rows.html", _builder_context(request, built))


@require_POST
@signed_in(*KEEPERS)
def size(request: ViewerRequest) -> HttpResponse:
    """The live size of what the form says now."""
    return render(request, "profiles/segment_size.html", _size(builder.read(request.POST)))


@signed_in(*KEEPERS)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    segment = _segment(request, pk)
    condition = condition_of(pk)
    after = request.GET.get("after", "")
    people = members(condition, after=int(after) if after.isdecimal() else 0, limit=PAGE)
    context = {
        "segment": segment,
        "words": saying.say(condition),
        "people": people,
        "layers": layer_names(),
        "next": f"?after={people[-1].pk}" if len(people) == PAGE else "",
        "size": None if after else size_of(condition),
        "versions": [
            (version, saying.say(condition_of(pk, number=version.number)))
            for version in segment.versions.order_by("-number")[:10]
        ],
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
        built = _changed(request)  # Without script, "add a row" comes here.
    context = {
        "segment": segment,
        "name": request.POST.get("name", segment.name if segment else ""),
        "note": request.POST.get("note", segment.note if segment else ""),
        "error": error,
        **_builder_context(request, built),
        **_size(built),
    }
    return render(request, "profiles/segment_edit.html", context, status=422 if error else 200)


def _save(request: ViewerRequest, segment: Segment | None, built: builder.Builder) -> int:
    try:
        condition = builder.tree(built)
    except ValueError:
        raise Refused(_("有条件没有填完整。"), field="condition") from None
    return services.save_segment(
        name=request.POST.get("name", ""),
        note=request.POST.get("note", ""),
        condition=condition.model_dump(mode="json"),
        segment_id=segment.pk if segment else None,
        actor=request.viewer.employee,
    )


def _changed(request: ViewerRequest) -> builder.Builder:
    built = builder.read(request.POST)
    added = request.POST.get("add", "")
    if added in saying.KINDS and len(built.rows) < builder.LARGEST:
        built.rows.append(builder.Row(added))
    return built


def _builder_context(request: ViewerRequest, built: builder.Builder) -> dict[str, Any]:
    return {
        "built": built,
        "kinds": saying.KINDS.items(),
        "groups": builder.GROUPS,
        "layers": layer_names().items(),
        "figures": saying.FIGURES.items(),
        "moments": saying.MOMENTS.items(),
        "deeds": saying.DEEDS.items(),
        "tags": tags_in_use(),
        "fields": choices.segment_facts(),
        "purposes": choices.PURPOSES,
        "channels": choices.CHANNELS,
        "stores": stores_for(request.viewer),
    }


def _size(built: builder.Builder) -> dict[str, Any]:
    try:
        condition = builder.tree(built)
    except ValueError:
        return {"size": None}
    return {"size": size_of(condition), "words": saying.say(condition)}


def _segment(request: ViewerRequest, pk: int) -> Segment:
    segment = segment_for(request.viewer, pk)
    if segment is None:
        raise Http404
    return segment
