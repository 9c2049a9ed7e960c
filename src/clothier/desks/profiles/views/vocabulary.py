"""The vocabulary of tags: the shelf, a tag and its people, wording it, putting it out of use and back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.contracts import conditions
from clothier.customers.selectors import tag_for, tag_said, tags_for, wearers_of
from clothier.customers.selectors.rows import Tag
from clothier.customers.selectors.tags import Worn
from clothier.desks.profiles import builder, composing, saying
from clothier.desks.profiles.desk import KEEPERS
from clothier.desks.profiles.forms import TagWordsForm
from clothier.desks.profiles.words import put_on_by
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest

PAGE = 50


@signed_in(*KEEPERS)
def shelf(request: ViewerRequest) -> HttpResponse:
    retired = "retired" in request.GET
    rows = [(tag, tag_said(tag), worn, _rule(tag)) for tag, worn in tags_for(request.viewer, retired=retired)]
    context = {
        "by_hand": [row for row in rows if row[0].rule is None],
        "by_rule": [row for row in rows if row[0].rule is not None],
        "retired": retired,
    }
    return render(request, "profiles/tags.html", context)


@signed_in(*KEEPERS)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    tag, worn = _tag(request, pk)
    text = request.GET.get("after", "")
    after = int(text) if text.isdecimal() and len(text) < 19 else 0
    people = wearers_of(request.viewer, pk, after=after, limit=PAGE)
    context = {
        "tag": tag,
        "name": tag_said(tag),
        "worn": worn,
        "words": _rule(tag),
        "people": put_on_by(people),
        "next": f"?after={people[-1].customer_id}" if len(people) == PAGE else "",
    }
    return render(request, "profiles/tag.html", context)


@signed_in(*KEEPERS)
def new(request: ViewerRequest) -> HttpResponse:
    if "rule" not in request.GET:
        return _page(request, None, None)
    built = builder.read(request.POST) if request.method == "POST" else composing.begun()
    return _page(request, None, built)


@signed_in(*KEEPERS)
def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    tag, _worn = _tag(request, pk)
    if tag.rule is None:
        return _page(request, tag, None)
    if request.method == "POST":
        return _page(request, tag, builder.read(request.POST))
    built = builder.rows_of(conditions.parse(tag.rule))
    if built is None:
        raise Refused(_("这个标签的规则不是在这里搭建的，只能查看。"))
    return _page(request, tag, built)


@require_POST
@signed_in(*KEEPERS)
def retire(request: ViewerRequest, pk: int) -> HttpResponse:
    services.retire_tag(tag_id=_tag(request, pk)[0].pk, actor=request.viewer.employee)
    toast(request, _("已停用：页面上不再出现，也不再加给任何人。"), undo=reverse("profiles:tag_restore", args=[pk]))
    return redirect("profiles:tags")


@require_POST
@signed_in(*KEEPERS)
def restore(request: ViewerRequest, pk: int) -> HttpResponse:
    services.restore_tag(tag_id=_tag(request, pk)[0].pk, actor=request.viewer.employee)
    toast(request, _("已恢复。"))
    return redirect("profiles:tag_page", pk)


def _page(request: ViewerRequest, tag: Tag | None, built: builder.Builder | None) -> HttpResponse:
    """The form of a tag, with the builder where a rule puts it on."""
    form = TagWordsForm(request.POST if "save" in request.POST else None, initial=_initial(request, tag))
    error: dict[str, str] = {}
    if "save" in request.POST and form.is_valid():
        try:
            return _save(request, tag, built, form.cleaned_data)
        except Refused as refused:
            if refused.field == "condition":
                error = {"condition": refused.message}
            else:
                refuse(form, refused)
    elif request.method == "POST" and built is not None:
        built = composing.changed(request.POST)  # Without script, "add a condition" comes here.
    context: dict[str, Any] = {"tag": tag, "form": form, "error": error, "built": built}
    if built is not None:
        context |= {**composing.context(request.viewer, built), **composing.size(built)}
    return render(request, "profiles/tag_edit.html", context, status=422 if error or form.errors else 200)


def _save(request: ViewerRequest, tag: Tag | None, built: builder.Builder | None, said: dict[str, Any]) -> HttpResponse:
    rule = composing.checked(built) if built is not None else None
    actor = request.viewer.employee
    if tag is None:
        pk = services.create_tag(**said, rule=rule, actor=actor)
    else:
        pk = tag.pk
        services.edit_tag(tag_id=pk, **said, rule=rule, actor=actor)
    toast(request, _("已保存，正在加给符合条件的人。") if rule else _("已保存。"))
    return redirect("profiles:tag_page", pk)


def _initial(request: ViewerRequest, tag: Tag | None) -> dict[str, Any]:
    """What stands in the fields: what was typed before a row was added, or the tag's own words."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in TagWordsForm.base_fields}
    return {"name": tag.name, "name_en": tag.name_en, "days": tag.days} if tag else {}


def _rule(tag: Tag) -> str:
    return saying.say(conditions.parse(tag.rule)) if tag.rule is not None else ""


def _tag(request: ViewerRequest, pk: int) -> tuple[Tag, Worn]:
    found = tag_for(request.viewer, pk)
    if found is None:
        raise Http404
    return found
