"""The house's template tags; built into every template, so nothing needs loading."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from clothier.desks.shell import rings, toasts, words
from clothier.kernel import clock
from clothier.kernel.access import Role
from clothier.kernel.money import Money
from clothier.simulation.contracts import DemoAccount
from clothier.simulation.selectors import demo_accounts as accounts_of_the_demo
from clothier.staff.selectors import role_name

SPRITE = "clothier/icons/sprite.svg"

register = template.Library()
register.filter("initial", words.initial)
register.filter("tone", toasts.tone)
register.filter("undo", toasts.undo)


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds in words: 3 分 20 秒; a dash for None."""
    return "–" if seconds is None else words.duration(float(seconds))


@register.filter
def ago(at: datetime | None) -> str:
    return words.ago(at, clock.now()) if at else ""


@register.filter
def moment(at: datetime | None) -> str:
    return words.moment(at) if at else ""


@register.filter
def money(fen: int | None, currency: str = "CNY") -> str:
    """Fen as money: ¥1,280.50; a dash for None."""
    return "–" if fen is None else str(Money(int(fen), currency))


@register.filter
def whole_money(fen: int | None, currency: str = "CNY") -> str:
    """For boards: money without its fen, rounded to the nearest yuan (half to even): ¥1,280."""
    return "–" if fen is None else str(Money(round(int(fen) / 100) * 100, currency))


@register.filter
def points(count: int | None) -> str:
    return "–" if count is None else f"{int(count):,}"


@register.filter
def percent(share: float | None, places: int = 0) -> str:
    """A share of one as a percentage: 0.954 → 95%; a dash for None."""
    return "–" if share is None else f"{share * 100:.{places}f}%"


@register.filter
def language_tag(code: str) -> str:
    """A language code as HTML wants it: zh-hans → zh-Hans."""
    language, dash, script = code.partition("-")
    return f"{language}{dash}{script.title()}"


@register.filter
def role(code: str) -> str:
    return role_name(Role(code))


@register.filter(name="words")
def split_words(text: str) -> list[str]:
    return text.split()


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """{% icon "bell" %}, {% icon "bell" "small" %}, {% icon "bell" label=… %}: a drawing of the sprite.

    A tag rather than an include, because a page has a hundred of them and an include costs twenty times as much.
    """
    look = f"icon icon--{size}" if size else "icon"
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', look, said, static(SPRITE), name)


@register.inclusion_tag("ui/ring.html")
def ring(promise: rings.Drawable, size: str = "", href: str = "") -> dict[str, Any]:
    """A promise's ring: {% ring promise %}, {% ring promise size="large" href=address %}."""
    return {**rings.draw(promise, clock.now()).context(), "size": size, "href": href}


@register.inclusion_tag("ui/bar.html")
def promise_bar(promise: rings.Drawable, label: str = "") -> dict[str, Any]:
    """A promise's time as a bar, for lists: filled as it runs out."""
    drawing = rings.draw(promise, clock.now())
    return {**drawing.context(), "label": label or promise.name, "value": drawing.text}


@register.simple_block_tag
def card(content: SafeString, **options: Any) -> SafeString:
    """{% card title="…" icon="…" count=3 href=… link="…" kind="flush|urgent|quiet" id="…" %}…{% endcard %}"""
    return render_to_string("ui/card.html", {**options, "content": content})


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str) -> SafeString:
    """{% dialog id="note" title="…" %}…{% enddialog %}, opened by any button with opens="note"."""
    return render_to_string("ui/dialog.html", {"content": content, "id": id, "title": title})


@register.inclusion_tag("ui/outbox-fields.html")
def outbox_fields() -> dict[str, str]:
    """The hidden `key` and `occurred_at` of a form that may be sent late or twice."""
    return {"key": str(uuid4())}


@register.inclusion_tag("ui/chart.html")
def chart(spec: dict[str, Any], title: str = "", heads: Any = (), rows: Any = ()) -> dict[str, Any]:
    """A Vega-Lite chart with its figures in a table beneath, for screen readers and print."""
    return {"id": f"chart-{uuid4().hex[:8]}", "spec": spec, "title": title, "heads": heads, "rows": rows}


@register.simple_tag
def demo_accounts() -> list[DemoAccount]:
    """One sign-in of each role, for the demo's door; empty anywhere else."""
    return accounts_of_the_demo() if settings.DEMO else []
