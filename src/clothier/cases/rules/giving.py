"""What somebody may give without asking."""

from dataclasses import dataclass

from clothier.standards.contracts import Limit


@dataclass(frozen=True, slots=True)
class Request:
    """A compensation in fen, and what the person was given already within the rule's days."""

    form: str
    fen: int
    before_fen: int = 0

    @property
    def sum_fen(self) -> int:
        return self.before_fen + self.fen


def within(limit: Limit | None, request: Request) -> bool:
    """Whether the role's limit covers it, its budget aside: the form, and one sum with what was given before."""
    if limit is None or request.form not in limit.forms:
        return False
    return limit.per_case is None or request.sum_fen <= limit.per_case
