"""Every document by its key, and how YAML becomes one: an error names the line."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from clothier.standards.contracts import Faulty
from clothier.standards.rules.documents.base import Document
from clothier.standards.rules.documents.bookings import Bookings
from clothier.standards.rules.documents.bot import Bot
from clothier.standards.rules.documents.cadences import Cadences
from clothier.standards.rules.documents.calendars import Calendars
from clothier.standards.rules.documents.cases import Cases
from clothier.standards.rules.documents.commerce import Loyalty, Outreach, ValueLayers
from clothier.standards.rules.documents.conduct import Authority, Etiquette, Language, Notes
from clothier.standards.rules.documents.floor import Display, Scenes
from clothier.standards.rules.documents.payments import Payments
from clothier.standards.rules.documents.people import Scorecard, Targets, Training
from clothier.standards.rules.documents.promises import Promises
from clothier.standards.rules.documents.rewards import Rewards
from clothier.standards.rules.documents.service import Service
from clothier.standards.rules.documents.settling import Settlement
from clothier.standards.rules.documents.till import Promotions, Till

# The C parser reads all documents in a tenth of the time, which every process start waits for.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEFAULTS = Path(__file__).resolve().parents[2] / "defaults"
DOCUMENTS: dict[str, type[Document]] = {
    "promises": Promises,
    "cadences": Cadences,
    "calendars": Calendars,
    "authority": Authority,
    "cases": Cases,
    "language": Language,
    "etiquette": Etiquette,
    "scorecard": Scorecard,
    "training": Training,
    "loyalty": Loyalty,
    "rewards": Rewards,
    "payments": Payments,
    "settlement": Settlement,
    "service": Service,
    "value_layers": ValueLayers,
    "outreach": Outreach,
    "display": Display,
    "scenes": Scenes,
    "notes": Notes,
    "targets": Targets,
    "bookings": Bookings,
    "promotions": Promotions,
    "till": Till,
    "bot": Bot,
}


def read(key: str, text: str) -> Document:
    """The typed document written in YAML. Raises Faulty with every fault and its line, KeyError on an unknown key."""
    kind = DOCUMENTS[key]
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Faulty([(mark.line + 1 if mark else 1, str(getattr(error, "problem", error)))]) from None
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        tree = yaml.compose(text, Loader=_Loader)
        raise Faulty([(_line(tree, fault["loc"]), _worded(fault)) for fault in error.errors()]) from None


def write(document: Document) -> str:
    """YAML that reads back as the same document; Chinese stays Chinese, defaults stay unsaid."""
    content = document.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def shipped_text(key: str) -> str:
    return (DEFAULTS / f"{key}.yaml").read_text(encoding="utf-8")


@cache
def shipped(key: str) -> Document:
    """The document Clothier ships with. Raises KeyError on an unknown key."""
    return read(key, shipped_text(key))


def _worded(fault: Any) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _line(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """The line of the deepest part of the path that exists in the text."""
    line = node.start_mark.line + 1 if node else 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:
                continue
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
