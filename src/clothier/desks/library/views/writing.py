"""Writing an article, with a look at what the bot would answer before anything is said."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clothier.desks.library.access import EDITORS
from clothier.desks.library.forms import ArticleForm, PublicationForm
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.navigation import url
from clothier.desks.shell.toasts import toast
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.knowledge import selectors, services
from clothier.staff.middleware import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def new(request: ViewerRequest) -> HttpResponseBase:
    """A new article; from a gap it begins with the questions that were asked."""
    gap = selectors.gap(number(request.GET.get("gap", "")) or 0)
    begun = {"topic": "other", "audience": "customer"}
    if gap:
        asked = [one.text for one in gap.wordings if one.text != gap.gap.text]
        begun |= {"question": gap.gap.text[:200], "variants": "\n".join(asked)}
    form = ArticleForm(request.POST or None, initial=begun)
    return _written(request, form, gap=gap)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(*EDITORS)
def edit(request: ViewerRequest, article: int) -> HttpResponseBase:
    versions = selectors.versions_of(article, limit=1)
    if not versions:
        raise Http404
    facts = selectors.facts_of(versions[0])
    told = {name: getattr(facts, name) for name in facts.__slots__}
    form = ArticleForm(request.POST or None, initial=told)
    return _written(request, form, article=article, last=versions[0].number)


def _written(
    request: ViewerRequest,
    form: ArticleForm,
    *,
    article: int | None = None,
    last: int | None = None,
    gap: selectors.GapView | None = None,
) -> HttpResponseBase:
    """`last` is the version that stands; whoever was told of a colleague's has seen it."""
    times, overtaken = PublicationForm(request.POST or None), False
    question, tried = request.POST.get("try", "").strip()[:300], None
    if request.method == "POST" and form.is_valid() and times.is_valid():
        try:
            if request.POST.get("do") != "try":
                return _kept(request, form, times, article, gap)
            tried = selectors.trial(form.facts(), article=article, text=question or form.cleaned_data["question"])
        except Refused as refused:
            overtaken = refused.field == "seen"
            refuse(times if refused.field in times.fields else form, refused)
    context: dict[str, Any] = {
        "form": form,
        "times": times,
        "article": article and selectors.article(article),
        "gap": gap,
        "seen": last if overtaken else request.POST.get("seen", last),
        "overtaken": overtaken,
        "tried": tried,
        "question": question,
        "fields_main": ("question", "variants", "answer"),
        "fields_more": ("question_en", "answer_en", "topic", "audience", "channels", "summary"),
    }
    bad = form.errors or times.errors
    return render(request, "library/form.html", context, status=422 if bad and request.method == "POST" else 200)


def _kept(
    request: ViewerRequest,
    form: ArticleForm,
    times: PublicationForm,
    article: int | None,
    gap: selectors.GapView | None,
) -> HttpResponseBase:
    actor = request.viewer.employee
    version = services.write_article(
        facts=form.facts(),
        article=article,
        summary=form.cleaned_data["summary"],
        seen=number(request.POST.get("seen", "")),
        actor=actor,
        key=request.POST.get("key") or None,
    )
    if request.POST.get("do") == "publish":
        told = services.publish(version=version.pk, actor=actor, valid_from=times.begins, valid_until=times.ends)
        late = told.valid_from > clock.now()
        said = _("已排定，到时生效") if late else _("已发布，机器人马上会用")
        toast(request, said, undo=url("library:withdrawal", told.pk))
        if gap:
            services.answer_gap(gap=gap.gap.pk, article=version.article_id, actor=actor)
    else:
        toast(request, _("已存为草稿，还没有发布"))
    return redirect("library:article", version.article_id)
