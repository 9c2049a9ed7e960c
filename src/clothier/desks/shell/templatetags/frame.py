"""The house's frame around pages that allauth brings, which are Django's templates; and icons in them.

{% frame "entrance" %}{% part "title" %}…{% endpart %}…{% endframe %}
"""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from clothier.desks.shell.engine.functions import icon

register = template.Library()
register.simple_tag(icon)


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: SafeString, name: str) -> str:
    """What belongs elsewhere on the page than in its middle: its title, tabs, scripts."""
    _parts(context)[name] = content
    return ""


@register.simple_block_tag(takes_context=True)
def frame(context: Context, content: SafeString, name: str) -> SafeString:
    """`name`: entrance (before somebody has signed in) or desk (with the navigation)."""
    page: dict[str, Any] = {**_parts(context), "content": content}
    return mark_safe(render_to_string(f"shell/framed/{name}.html", page, context["request"]))  # noqa: S308 - the engine escapes


def _parts(context: Context) -> dict[str, SafeString]:
    """Kept for one drawing of one page, beside what its variables say."""
    if "parts" not in context.render_context:
        context.render_context["parts"] = {}
    parts: dict[str, SafeString] = context.render_context["parts"]
    return parts
