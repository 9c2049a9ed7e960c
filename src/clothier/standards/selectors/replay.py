"""Proof that the cached columns are what the facts give: `clothier doctor` asks this."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from clothier.kernel.stretches import Look, every
from clothier.standards.models import Promise, Verdict
from clothier.standards.rules.evaluation import evaluate
from clothier.standards.rules.facts import next_moment
from clothier.standards.selectors.courses import CACHED, Course, courses_of, fired_steps


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that does not say what the facts give, or a timer or verdict that is missing."""

    promise_id: int
    column: str
    cached: object
    replayed: object


def replay_differences(look: Look = every) -> Iterator[Difference]:
    """Every difference among the promises in the stretches looked at; nothing at all when all is well."""
    for low, high in look(Promise.objects.aggregate(top=Max("pk"))["top"] or 0):
        rows = list(Promise.objects.filter(pk__gte=low, pk__lt=high).order_by("id"))
        yield from _differences(courses_of(rows))


def _differences(courses: list[Course]) -> Iterator[Difference]:
    pks = [course.promise.pk for course in courses]
    verdicts = set(Verdict.objects.filter(promise_id__in=pks).values_list("promise_id", "cycle", "outcome"))
    fired = fired_steps(pks)
    for course in courses:
        promise = course.promise
        standing = evaluate(course.facts, course.rule, course.hours, promise.seen_at or promise.created_at)
        for column in CACHED:
            cached, replayed = getattr(promise, column), getattr(standing, column)
            if cached != replayed:
                yield Difference(promise.pk, column, cached, replayed)
        for verdict in standing.verdicts:
            if (promise.pk, verdict.cycle, verdict.outcome) not in verdicts:
                yield Difference(promise.pk, f"verdict {verdict.cycle}", None, verdict.outcome)
        next_at = next_moment(standing, fired[promise.pk])
        if promise.next_at != next_at:
            yield Difference(promise.pk, "next_at", promise.next_at, next_at)
