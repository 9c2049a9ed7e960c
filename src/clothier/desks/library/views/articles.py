"""The library: its list, one article with all it ever said, one version."""

from itertools import chain
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clothier.desks.library.access import EDITORS, READERS
from clothier.desks.library.differences import changes
from clothier.desks.library.forms import PublicationForm
from clothier.desks.library.paging import cursor_of, read_cursor
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.navigation import url
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.knowledge import selectors, services
from clothier.knowledge.selectors import TOPICS
from clothier.staff.middleware import ViewerRequest
from clothier.staff.selectors import names_of

PAGE = 50
STATES = ("", *selectors.STATES)


@require_GET
@signed_in(*READERS)
def listing(request: ViewerRequest) -> HttpResponseBase:
    query, topic = request.GET.get("q", "").strip()[:80], request.GET.get("topic", "")
    state = request.GET.get("state", "")
    rows = selectors.articles(
        query=query, topic=topic, state=state, before=read_cursor(request.GET.get("before", "")), limit=PAGE
    )
    given = request.GET.copy()
    given["before"] = cursor_of(rows[-1].article) if len(rows) == PAGE else ""
    context = {
        "rows": rows,
        "query": query,
        "topic": topic,
        "state": state,
        "topics": TOPICS,
        "names": {code: str(name) for code, name in TOPICS},
        "states": STATES,
        "next": f"?{given.urlencode()}" if given["before"] else "",
        "editing": request.viewer.may(*EDITORS),
    }
    return render(request, "library/list.html", context)


@require_GET
@signed_in(*READERS)
def page(request: ViewerRequest, article: int) -> HttpResponseBase:
    return _page(request, article, PublicationForm())


def _page(request: ViewerRequest, article: int, form: PublicationForm, status: int = 200) -> HttpResponseBase:
    row = selectors.article(article)
    versions = selectors.versions_of(article)
    if row is None or not versions:
        raise Http404
    now = clock.now()
    said = selectors.in_force(article, now)
    told = selectors.publications_of(article)
    shown = said.version if said else versions[0]
    people = ((one.published_by, one.withdrawn_by) for one in told)
    names = names_of([*(one.written_by for one in versions), *chain.from_iterable(people)])
    context: dict[str, Any] = {
        "row": row,
        "said": said,
        "shown": shown,
        "answer": selectors.spoken(shown.answer, "zh"),
        "answer_en": selectors.spoken(shown.answer_en, "en"),
        "waiting": versions[0] if versions[0].pk != shown.pk or not said else None,
        "planned": [one for one in told if one.withdrawn_at is None and one.valid_from > now],
        "versions": [(one, names.get(one.written_by or 0, "")) for one in versions],
        "told": [
            (one, names.get(one.published_by or 0, ""), names.get(one.withdrawn_by or 0, "")) for one in told[:20]
        ],
        "again": selectors.spoken_at([one for one in told if one != said], now) if said else None,
        "form": form,
        "editing": request.viewer.may(*EDITORS),
    }
    return render(request, "library/article.html", context, status=status)


@require_GET
@signed_in(*READERS)
def version(request: ViewerRequest, version: int) -> HttpResponseBase:
    row = selectors.version(version)
    if row is None:
        raise Http404
    earlier = [one for one in selectors.versions_of(row.article_id) if one.number < row.number]
    said = selectors.in_force(row.article_id, clock.now())
    context = {
        "version": row,
        "before": earlier[0] if earlier else None,
        "changes": changes(earlier[0] if earlier else None, row),
        "who": names_of([row.written_by]).get(row.written_by or 0, ""),
        "in_force": said is not None and said.version_id == row.pk,
        "editing": request.viewer.may(*EDITORS),
    }
    return render(request, "library/version.html", context)


@require_POST
@signed_in(*EDITORS)
def publication(request: ViewerRequest, version: int) -> HttpResponseBase:
    """A version speaks from now or from a moment on; an older one too, which is how one rolls back."""
    row = selectors.version(version)
    if row is None:
        raise Http404
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return _page(request, row.article_id, form, status=422)
    try:
        told = services.publish(
            version=version, actor=request.viewer.employee, valid_from=form.begins, valid_until=form.ends
        )
    except Refused as refused:
        form.add_error(refused.field or None, refused.message)
        return _page(request, row.article_id, form, status=422)
    undo = url("library:withdrawal", told.pk)
    toast(request, _("已发布第 %(n)s 版") % {"n": row.number}, undo=undo)
    return redirect("library:article", row.article_id)


@require_POST
@signed_in(*EDITORS)
def withdrawal(request: ViewerRequest, publication: int) -> HttpResponseBase:
    """What was in force before speaks again; publishing the same version once more undoes it."""
    row = selectors.publication(publication)
    if row is None:
        raise Http404
    services.take_back(publication=publication, actor=request.viewer.employee)
    toast(request, _("已收回，恢复之前的答案"), undo=url("library:publication", row.version_id))
    return redirect("library:article", row.article_id)


@require_POST
@signed_in(*EDITORS)
def retirement(request: ViewerRequest, article: int) -> HttpResponseBase:
    """The article answers no more; taken back, it says again what it said."""
    said = selectors.in_force(article, clock.now())
    services.retire(article=article, actor=request.viewer.employee)
    undo = url("library:publication", said.version_id) if said else ""
    toast(request, _("已停用，机器人不再用它回答"), undo=undo)
    return redirect("library:article", article)
