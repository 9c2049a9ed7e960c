"""The condition builder on a page, for segments and for the rules of tags: its choices, its size, its next row."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from clothier.customers.selectors import choices, layer_names, size_of, tag_said, tags_in_use
from clothier.desks.profiles import builder, saying
from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.places.selectors import stores_for


def begun() -> builder.Builder:
    """A new form: one row that already says something."""
    layers = layer_names()
    return builder.Builder(rows=[builder.Row("layer", values={"layer": next(iter(layers), "")})])


def changed(data: Mapping[str, str]) -> builder.Builder:
    """The form after "add a condition"."""
    built = builder.read(data)
    added = data.get("add", "")
    if added in saying.KINDS and len(built.rows) < builder.LARGEST:
        built.rows.append(builder.Row(added))
    return built


def checked(built: builder.Builder) -> dict[str, Any]:
    """The condition as plain data. Refused while a row is incomplete; the row is marked then."""
    try:
        condition: dict[str, Any] = builder.tree(built).model_dump(mode="json")
    except builder.Incomplete as incomplete:
        for row in incomplete.rows:
            row.wrong = True
        raise Refused(_("有条件没有填完整。"), field="condition") from None
    return condition


def context(viewer: Viewer, built: builder.Builder) -> dict[str, Any]:
    return {
        "built": built,
        "kinds": saying.KINDS.items(),
        "layers": layer_names().items(),
        "figures": saying.FIGURES.items(),
        "moments": saying.MOMENTS.items(),
        "deeds": saying.DEEDS.items(),
        "tags": [(tag.pk, tag_said(tag)) for tag in tags_in_use()],
        "fields": choices.segment_facts(),
        "purposes": choices.PURPOSES,
        "channels": choices.CHANNELS,
        "stores": stores_for(viewer),
    }


def size(built: builder.Builder) -> dict[str, Any]:
    """How many people the form holds for now, and the form in words; no size while a row is incomplete."""
    try:
        condition = builder.tree(built)
    except builder.Incomplete:
        return {"size": None}
    return {"size": size_of(condition), "words": saying.say(condition)}
