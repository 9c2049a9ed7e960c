"""Saved replies: everybody's and one's own, found, written and retired."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from clothier.conversations import services
from clothier.conversations.selectors import saved_replies
from clothier.desks.inbox.doors import INBOX, me, supervises
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.access import Denied, Viewer
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest

_TEXT = forms.Textarea(attrs={"rows": 4})


class SavedForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("标题"), max_length=40)
    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=2000,
        widget=_TEXT,
        help_text=gettext_lazy("{name} 是顾客的称呼，{agent} 是您，{store} 是门店，{hours} 是服务时间。"),
    )
    text_en = forms.CharField(label=gettext_lazy("英文"), max_length=2000, widget=_TEXT, required=False)
    own = forms.BooleanField(label=gettext_lazy("只给我自己用"), required=False)


@signed_in(*INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: ViewerRequest) -> HttpResponse:
    """The list, and below it a new one."""
    form = _form(request, None)
    if request.method == "POST" and _written(request, form, None):
        return HttpResponseRedirect(reverse("inbox:saved"), status=303)
    replies, query = saved_replies(request.viewer), request.GET.get("q", "").strip()
    asked = query.lower()
    context = {
        "replies": [one for one in replies if asked in f"{one.title} {one.text} {one.text_en}".lower()],
        "query": query,
        "form": form,
        "supervises": supervises(request.viewer),
    }
    return render(request, "inbox/saved.html", context, status=422 if form.errors else 200)


@signed_in(*INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: ViewerRequest, saved: int) -> HttpResponse:
    """One of them, to put better."""
    wording = _mine(request.viewer, saved)
    form, seen = _form(request, saved), request.POST.get("seen", wording)
    if request.method == "POST" and _written(request, form, saved, seen):
        return HttpResponseRedirect(reverse("inbox:saved"), status=303)
    # Whoever was told of a colleague's words has seen them.
    context = {"form": form, "seen": wording if form.non_field_errors() else seen}
    return render(request, "inbox/saved_one.html", context, status=422 if form.errors else 200)


@signed_in(*INBOX)
@require_POST
def retirement(request: ViewerRequest, saved: int) -> HttpResponse:
    _mine(request.viewer, saved)
    services.retire_reply(reply=saved)
    toast(request, _("已停用"))
    return HttpResponseRedirect(reverse("inbox:saved"), status=303)


def _form(request: ViewerRequest, saved: int | None) -> SavedForm:
    row = next((one for one in saved_replies(request.viewer) if one.pk == saved), None)
    told = (
        {"title": row.title, "text": row.text, "text_en": row.text_en, "own": row.owner_id is not None} if row else {}
    )
    form = SavedForm(request.POST if request.method == "POST" else None, initial=told)
    if not supervises(request.viewer):
        # Everybody's words are the supervisors'; anybody may keep some of their own.
        form.fields["own"].disabled = True
        form.initial["own"] = True
    return form


def _written(request: ViewerRequest, form: SavedForm, saved: int | None, seen: str | None = None) -> bool:
    if not form.is_valid():
        return False
    try:
        told, own = form.cleaned_data, me(request.viewer) if form.cleaned_data["own"] else None
        words = {name: told[name] for name in ("title", "text", "text_en")}
        services.save_reply(reply=saved, owner=own, seen=seen, **words)
    except Refused as refused:
        refuse(form, refused)
        return False
    toast(request, _("常用语已保存"))
    return True


def _mine(viewer: Viewer, saved: int) -> str:
    """How it reads now. Raises Denied for everybody's words where one does not supervise, and for another's own."""
    row = next((one for one in saved_replies(viewer) if one.pk == saved), None)
    if row is None or not (row.owner_id or supervises(viewer)):
        raise Denied(_("只有督导可以改大家的常用语。"))
    return row.wording
