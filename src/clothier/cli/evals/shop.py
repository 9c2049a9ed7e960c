"""This shop's own test cases: every answer somebody marked false, asked again of the library as it stands."""

from typing import Any

from django.apps import apps
from django.db import connection

from clothier.kernel import clock
from clothier.knowledge.contracts import Lesson, Verdict
from clothier.knowledge.selectors import answer, lessons


def lessons_kept() -> list[dict[str, Any]]:
    """How many false answers were corrected and how many of them are right now; nothing without a shop."""
    if apps.get_model("knowledge", "Mark")._meta.db_table not in connection.introspection.table_names():
        return []
    told = [(one, _kept(one)) for one in lessons()]
    rows: list[dict[str, Any]] = [
        {"name": "this shop: corrected answers", "value": len(told), "unit": "test cases"},
        {"name": "this shop: right when asked again", "value": sum(kept for _one, kept in told), "unit": "test cases"},
    ]
    failed = (one for one, kept in told if not kept)
    return rows + [{"name": f"this shop: mark {one.mark} answered wrong", "value": 1, "unit": ""} for one in failed]


def _kept(lesson: Lesson) -> bool:
    """What should be said is said first; where nothing should be, nothing is said outright."""
    found = answer(lesson.text, channel="", at=clock.now())
    if lesson.expected is None:
        return found.kind is not Verdict.SURE
    return found.kind is Verdict.SURE and lesson.expected in [source.key for source in found.sources]
