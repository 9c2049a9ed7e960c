"""Fixtures every test may use: the clock of a Saturday morning, and the cast."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import management
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered
from hypothesis import HealthCheck, settings

from clothier.cli.layout import lay_out
from clothier.kernel import clock
from tests.cast import Cast, assemble

# How fast examples are found says something of the machine and nothing of the product.
settings.register_profile("clothier", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("clothier")

# 10:00 on Saturday 14 November 2026 in Shanghai: the stores have just opened.
SATURDAY = datetime(2026, 11, 14, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def empty_databases_are_laid_out_at_once() -> Iterator[None]:
    """As by the product itself; that migrating ends in the same tables is a slow test of its own."""
    call = management.call_command

    def lay_out_or_call(name: str, *args: Any, **options: Any) -> Any:
        if name == "migrate" and lay_out(options.get("database", "default")):
            return None
        return call(name, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", lay_out_or_call)
        yield


@pytest.fixture
def saturday() -> Iterator[clock.SimulatedClock]:
    with clock.simulated(SATURDAY) as simulated:
        yield simulated


@pytest.fixture
def cast(db: None, saturday: clock.SimulatedClock) -> Cast:
    return assemble()


@pytest.fixture(autouse=True, scope="session")
def pages_tell_their_context() -> Iterator[None]:
    """`response.context` in tests: Django's own engine tells what a page was drawn from, Jinja2's does not."""
    render = Template.render

    def telling(template: Template, context: Any = None, request: Any = None) -> str:
        template_rendered.send(sender=template, template=template, context=context or {})
        return render(template, context, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", telling)
        yield
