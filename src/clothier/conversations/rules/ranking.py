"""Who of the free agents gets a conversation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    employee: int
    skills: frozenset[str]
    load: int


def ranked(
    candidates: Iterable[Candidate], *, wanted: Sequence[str], last: int | None, capacity: int
) -> list[Candidate]:
    """Those with a free place, best first: who had this customer last, knows the topic, has least to do."""
    free = [one for one in candidates if one.load < capacity]
    return sorted(free, key=lambda one: (one.employee != last, -len(one.skills & set(wanted)), one.load, one.employee))


def candidates(skills: Mapping[int, Iterable[str]], load: Mapping[int, int]) -> list[Candidate]:
    return [Candidate(pk, frozenset(known), load.get(pk, 0)) for pk, known in skills.items()]
