"""The way through a visit as the page draws it: steps in order, and the others beside them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

WAY = {
    "greeted": _("问候"),
    "approached": _("接待"),
    "need_recorded": _("需求"),
    "proposed": _("推荐"),
    "fitting": _("试衣"),
    "left": _("送别"),
}
BESIDE = {"aid_offered": _("协助"), "identified": _("识别会员")}


@dataclass(frozen=True, slots=True)
class PathStep:
    key: str
    name: Any
    done: bool


def way(done: Collection[str], *, fitted: bool) -> list[PathStep]:
    return [PathStep(key, name, key in done or (key == "fitting" and fitted)) for key, name in WAY.items()]


def beside(done: Collection[str], *, known: bool) -> list[PathStep]:
    return [PathStep(key, name, key in done) for key, name in BESIDE.items() if not (known and key == "identified")]


def template_of(step: str) -> str:
    """The template of a step; of the farewell when there is no such step."""
    return f"floor/steps/{step if step in WAY or step in BESIDE else 'left'}.html"
