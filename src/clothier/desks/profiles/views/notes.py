"""Service records: reading and writing them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clothier.customers import services
from clothier.customers.selectors import notes as notes_of
from clothier.customers.selectors import profile, records_of, templates
from clothier.customers.selectors.templates import SensitivePlace
from clothier.customers.services import SensitiveText
from clothier.desks.profiles.desk import FLOOR, back, person_or_404
from clothier.desks.profiles.forms import NoteForm
from clothier.desks.profiles.words import spelled_notes
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.kernel.refs import number
from clothier.staff.middleware import ViewerRequest

PAGE = 20
Places = dict[str, list[SensitivePlace]]


@signed_in(*FLOOR)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    whole = profile(request.viewer, person_or_404(pk), purpose="notes")
    if whole is None:
        return render(request, "profiles/erased.html", {"pk": pk}, status=410)
    before = number(request.GET.get("before", "")) or 0
    found = notes_of(records_of(pk), before=before, limit=PAGE)
    older = f"?before={found[-1].id}" if len(found) == PAGE else ""
    context = {"pk": whole.profile.pk, "customer": whole.customer, "notes": spelled_notes(found), "next": older}
    return render(request, "profiles/notes.html", context)


@signed_in(*FLOOR)
def write(request: ViewerRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    kinds = templates()
    kind = request.GET.get("template") or request.POST.get("template") or next(iter(kinds))
    if kind not in kinds:
        raise Http404
    form = NoteForm(request.POST or None, template=kind, auto_id="note_%s")
    places: Places = {}
    if request.method == "POST" and form.is_valid():
        try:
            return _write(request, person, kind, form)
        except SensitiveText as sensitive:
            places = sensitive.places
            form.add_error(f"a-{sensitive.field}", sensitive.message)
        except Refused as refused:
            refuse(form, refused)
    return _page(request, person, kind, form, places)


def _write(request: ViewerRequest, person: int, kind: str, form: NoteForm) -> HttpResponse:
    services.write_note(
        customer_id=person,
        template=kind,
        answers=form.answers(),
        store=next(iter(sorted(request.viewer.stores)), None) if request.viewer.stores else None,
        actor=request.viewer.employee,
        acknowledged=request.POST.get("acknowledged") == "on",
        key=request.POST.get("key") or None,
    )
    toast(request, _("服务记录已保存。"))
    return back(person, at="notes")


def _page(request: ViewerRequest, person: int, kind: str, form: NoteForm, places: Places) -> HttpResponse:
    language = get_language() or ""
    grave = any(place.grave for found in places.values() for place in found)
    context = {
        "pk": person,
        "form": form,
        "kind": kind,
        "tabs": [
            {
                "label": template.name.say(language),
                "href": f"{reverse('profiles:note', args=[person])}?template={key}",
                "current": key == kind,
            }
            for key, template in templates().items()
        ],
        "places": [place for found in places.values() for place in found],
        "grave": grave,
    }
    return render(request, "profiles/note.html", context, status=422 if form.errors else 200)
