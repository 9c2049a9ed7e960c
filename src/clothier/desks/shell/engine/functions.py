"""What a page may call: addresses, icons, the time of a promise, and drawings of goods."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static as address_of
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_htmx.jinja import htmx_script

from clothier.catalog.selectors import drawing
from clothier.desks.shell import rings
from clothier.desks.shell.navigation import url
from clothier.kernel import clock
from clothier.kernel.words import shown
from clothier.simulation.contracts import DemoAccount
from clothier.simulation.selectors import demo_accounts as accounts_of_the_demo

SPRITE = "clothier/icons/sprite.svg"


@lru_cache(maxsize=512)
def static(path: str) -> str:
    """A static file's address. They do not change while a process runs, and a page has dozens."""
    return address_of(path)


@lru_cache(maxsize=1024)
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """{{ icon("bell") }}, {{ icon("bell", "small") }}, {{ icon("bell", label=…) }}: a drawing of the sprite."""
    look = f"icon icon--{size}" if size else "icon"
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', look, said, static(SPRITE), name)


def clocked(promise: rings.Drawable) -> rings.Drawing:
    """How a promise's time stands at this moment."""
    return rings.draw(promise, clock.now())


def unique(prefix: str = "") -> str:
    """An id nothing else has: a key of a form that may be sent twice, or with a prefix an element's id."""
    return f"{prefix}-{uuid4().hex[:8]}" if prefix else str(uuid4())


def demo_accounts() -> list[DemoAccount]:
    """One sign-in of each role, for the demo's door; empty anywhere else."""
    return accounts_of_the_demo() if settings.DEMO else []


def allauth(template: str, request: HttpRequest, **context: Any) -> SafeString:
    """A part of a page that allauth brings, drawn by Django's engine, whose markup is safe."""
    return mark_safe(render_to_string(template, context, request))  # noqa: S308 - the engine escapes


ALL: dict[str, Callable[..., Any]] = {
    "allauth": allauth,
    "clocked": clocked,
    "demo_accounts": demo_accounts,
    "drawing": drawing,
    "htmx_script": htmx_script,
    "icon": icon,
    "shown": shown,
    "static": static,
    "unique": unique,
    "url": url,
}
