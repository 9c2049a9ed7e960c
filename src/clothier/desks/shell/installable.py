"""What makes the site an app on a phone: its manifest, its service worker, and the page shown without a network."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

# What the page without a network is made of; every other page tells the worker its own files.
SHELL = ("clothier/css/index.css", "clothier/js/offline.js", "clothier/icons/sprite.svg", "clothier/icons/seal.svg")


@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    document = {
        "name": _("衣诺 Clothier"),
        "short_name": _("衣诺"),
        "id": "/",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f6f2e9",
        "theme_color": "#f6f2e9",
        "icons": [
            {"src": static("clothier/icons/seal.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(_icon(size, "any") for size in (192, 512)),
            _icon(512, "maskable"),
        ],
    }
    return JsonResponse(document, content_type="application/manifest+json")


@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root so that it may answer for every page; its version changes with any file it keeps."""
    shell = [static(path) for path in SHELL]
    facts = {
        "version": hashlib.sha256("".join(shell).encode()).hexdigest()[:12],
        "shell": json.dumps(shell),
        "offline": reverse("shell:offline"),
        "static": settings.STATIC_URL,
    }
    return render(request, "shell/sw.js", facts, content_type="text/javascript")


@cache_control(max_age=3600)
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")


def _icon(size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"clothier/icons/seal-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
