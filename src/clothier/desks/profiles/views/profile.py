"""The profile page, and what is readable on it only on demand."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from clothier.customers.contracts import panels
from clothier.customers.selectors import (
    choices,
    layer_names,
    may_keep,
    may_unmask,
    profile,
    tag_name,
    tag_said,
    tags_in_use,
    templates,
    timeline,
    unmask,
    vault_facts,
)
from clothier.customers.selectors.profiles import WearerView, Whole
from clothier.desks.profiles.desk import FLOOR, person_or_404
from clothier.desks.profiles.forms import FactWords, PurposeForm, WornBy
from clothier.desks.profiles.words import granted, moments, spelled_notes
from clothier.desks.shell.access import signed_in
from clothier.kernel.access import Viewer
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    whole = profile(request.viewer, pk)
    if whole is None:
        person_or_404(pk)
        return render(request, "profiles/erased.html", {"pk": pk}, status=410)
    return render(request, "profiles/profile.html", _context(request.viewer, whole))


@signed_in(*FLOOR)
def older(request: ViewerRequest, pk: int) -> HttpResponse:
    """The timeline alone, further back with every page."""
    person = person_or_404(pk)
    page = timeline(request.viewer, person, older_than=request.GET.get("older", ""))
    context = {"pk": person, "items": moments(page), "next": _older(person, page.older)}
    return render(request, "profiles/timeline.html", context)


@require_POST
@signed_in(*FLOOR)
def reveal(request: ViewerRequest, pk: int) -> HttpResponse:
    """The whole number, for this purpose, once: it is not kept on the page."""
    shown = unmask(request.viewer, pk, purpose=request.POST.get("purpose", ""))
    return render(request, "profiles/revealed.html", {"shown": shown})


@require_POST
@signed_in(*FLOOR)
def vault(request: ViewerRequest, pk: int) -> HttpResponse:
    person = person_or_404(pk)
    facts = vault_facts(request.viewer, person, purpose=request.POST.get("purpose", ""))
    return render(request, "profiles/vault.html", {"pk": person, "facts": facts})


def _context(viewer: Viewer, whole: Whole) -> dict[str, Any]:
    person = whole.profile.pk
    page = timeline(viewer, person, limit=10)
    return {
        "whole": whole,
        "pk": person,
        "row": whole.profile,
        "customer": whole.customer,
        "layer_name": layer_names().get(whole.profile.layer, whole.profile.layer),
        "groups": _groups(whole),
        "tags": [(tagging, tag_name(tagging)) for tagging in whole.tags],
        "notes": spelled_notes(whole.notes),
        "items": moments(page),
        "next": _older(person, page.older),
        "panels": _panels(viewer, whole),
        "keeper": may_keep(viewer),
        "unmasker": may_unmask(viewer),
        "fact_form": _fact_form(whole.wearers),
        "vocabulary": [(tag.pk, tag_said(tag)) for tag in tags_in_use()],
        "purpose_form": _purpose_form(get_language()),
        "note_kinds": templates().values(),
        "granted": granted(whole.consents),
        "lifetime_fen": _round_yuan(whole.profile.lifetime_value_fen),
    }


def _fact_form(wearers: Iterable[WearerView]) -> SafeString:
    named = [(wearer.id, wearer.name or wearer.relation_name) for wearer in wearers]
    language = get_language()
    return _fact_words(language) + (_worn_by(named) if named else _own(language))


def _worn_by(wearers: list[tuple[int, str]]) -> SafeString:
    return WornBy(wearers=wearers, auto_id="fact_%s").render()


# A form that nobody has filled in yet looks the same on every customer's page, and is a fifth of the drawing.
@cache
def _fact_words(_language: str | None) -> SafeString:
    return FactWords(auto_id="fact_%s").render()


@cache
def _own(_language: str | None) -> SafeString:
    return _worn_by([])


@cache
def _purpose_form(_language: str | None) -> SafeString:
    return PurposeForm(auto_id="why_%s").render()


def _groups(whole: Whole) -> list[tuple[Any, list[Any]]]:
    """Facts under the headings of their groups; empty groups are left out."""
    found = [(label, [fact for fact in whole.facts if fact.field in keys]) for _key, label, keys in choices.groups()]
    return [(label, facts) for label, facts in found if facts]


def _panels(viewer: Viewer, whole: Whole) -> list[tuple[Any, SafeString]]:
    """The upper packages' sections, each drawn from its own template with its own context."""
    made = panels(viewer, whole.records)
    return [
        (panel.title, mark_safe(render_to_string(panel.template, {"viewer": viewer, **panel.context})))  # noqa: S308 - the engine escapes
        for panel in made
    ]


def _round_yuan(fen: int | None) -> int | None:
    """An estimate to the fen would claim to know."""
    return None if fen is None else round(fen / 100) * 100


def _older(person: int, cursor: str) -> str:
    return f"{reverse('profiles:timeline', args=[person])}?older={cursor}".replace("+", "%2B") if cursor else ""
