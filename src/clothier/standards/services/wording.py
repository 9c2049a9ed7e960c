"""Changing one promise without touching YAML: the form's content becomes a draft of the whole document."""

from typing import Any

from pydantic import ValidationError

from clothier.kernel.access import Viewer
from clothier.kernel.errors import Refused
from clothier.standards.models import RulesVersion
from clothier.standards.rules.documents import shelf
from clothier.standards.rules.documents.promises import PromiseRule, Promises
from clothier.standards.selectors.documents import document
from clothier.standards.services.publishing import save_draft


def draft_promise(*, viewer: Viewer, content: dict[str, Any], replaces: str = "", summary: str = "") -> RulesVersion:
    """A draft of the promises in which one is new or, under `replaces`, different.

    Raises Refused naming the field that is wrong, in pydantic's words.
    """
    current = document("promises")
    try:
        rule = PromiseRule.model_validate(content)
        rules = [rule if one.key == replaces else one for one in current.promises]
        if not replaces:
            rules.append(rule)
        changed = Promises.model_validate(current.model_copy(update={"promises": tuple(rules)}).model_dump())
    except ValidationError as error:
        fault = error.errors()[0]
        where = [part for part in fault["loc"] if isinstance(part, str)]
        raise Refused(fault["msg"].removeprefix("Value error, "), field=where[0] if where else "") from None
    return save_draft(viewer=viewer, key="promises", text=shelf.write(changed), summary=summary)


def draft_without(*, viewer: Viewer, key: str, summary: str = "") -> RulesVersion:
    """A draft of the promises without one of them; those already running go on to their end."""
    current = document("promises")
    kept = tuple(one for one in current.promises if one.key != key)
    return save_draft(
        viewer=viewer,
        key="promises",
        text=shelf.write(current.model_copy(update={"promises": kept})),
        summary=summary,
    )
