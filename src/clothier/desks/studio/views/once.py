"""A secret, shown in the answer to the button that made it and nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def shown(request: HttpRequest, *, title: str, name: str, secret: str, then: str) -> HttpResponse:
    """Not by a redirect: the text would have to be kept somewhere in between."""
    facts = {"title": title, "name": name, "secret": secret, "then": then}
    return render(request, "studio/secret.html", facts, status=201)
