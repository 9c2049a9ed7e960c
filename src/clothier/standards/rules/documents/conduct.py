"""How people speak and carry themselves, and what they may give: language, etiquette, authority."""

from typing import Literal, Self

from pydantic import Field, model_validator

from clothier.standards.rules.documents.base import Document, Key, Part, Rule, Text, no_twins
from clothier.standards.rules.durations import Fen, Seconds

Form = Literal["coupon", "points", "service", "money"]


class Limit(Part):
    """What a role may give without asking: per case, and per person and month (none: no ceiling of its own).

    `forms` are the shapes it may take; anything else is asked for as if it were too much.
    """

    role: str
    per_case: Fen | None = None
    per_month: Fen | None = None
    forms: tuple[Form, ...] = ("coupon", "points", "service", "money")


class Authority(Document):
    """Compensation from the front line upward; sums to one customer within `window_days` count as one case.

    A coupon given to make up for something is good for `coupon_days`, and takes its sum off whatever is bought.
    """

    limits: tuple[Limit, ...] = Field(min_length=2)
    window_days: int = Field(ge=1)
    coupon_days: int = Field(default=180, ge=1, le=1095)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        sums = [limit.per_case for limit in self.limits]
        known = [fen for fen in sums if fen is not None]
        if known != sorted(known) or None in sums[:-1]:
            raise ValueError("limits rise from step to step, and only the last may be without one")
        return self

    def limit(self, role: str) -> Limit | None:
        """What the role may give alone; None for one that the rules do not name: it may give nothing."""
        return next((limit for limit in self.limits if limit.role == role), None)


class Forbidden(Rule):
    """An expression with its variants, contexts in which it is fine, and what to say instead.

    `alone`: it counts only where its clause says nothing else (没有。 but not 没有色差). `last`: only where the message
    tells nothing after it (请稍等，正在查询). `unless`: words anywhere in
    the message that make it fine (请耐心等待 with a time beside it).
    """

    key: Key
    say: str = Field(min_length=1)
    variants: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    instead: tuple[str, ...] = Field(min_length=1)
    severity: Literal["warn", "stop"] = "stop"
    alone: bool = False
    last: bool = False
    unless: tuple[str, ...] = ()


class SpeechStep(Part):
    key: Key
    name: Text
    shape: Text
    signs: tuple[str, ...] = ()


class Language(Document):
    """What is never said, and the shape of a good answer."""

    forbidden: tuple[Forbidden, ...]
    steps: tuple[SpeechStep, ...]
    complaint_steps: tuple[SpeechStep, ...]
    style: Text

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(rule.key for rule in self.forbidden)
        return self


class Check(Part):
    key: Key
    text: Text
    points: int = Field(1, ge=1)
    photo: bool = False


class Checklist(Rule):
    """A form of the inspection: for everybody (no post) or for one post."""

    key: Key
    name: Text
    post: str = ""
    checks: tuple[Check, ...] = Field(min_length=1)


class Etiquette(Document):
    checklists: tuple[Checklist, ...]

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        no_twins(check.key for checklist in self.checklists for check in checklist.checks)
        return self


class NoteField(Part):
    key: Key
    label: Text
    kind: Literal["text", "choice", "number", "date"] = "text"
    choices: tuple[Text, ...] = ()
    required: bool = False


class NoteTemplate(Part):
    key: Key
    name: Text
    fields: tuple[NoteField, ...] = Field(min_length=1)


class Sensitive(Part):
    """What free text must not hold: words, or the name of a built-in pattern (phone, id_card, bank_card)."""

    key: Key
    name: Text
    words: tuple[str, ...] = ()
    patterns: tuple[Literal["phone", "id_card", "bank_card", "email"], ...] = ()
    advice: Text


class Notes(Document):
    """The associate's note after each contact: templates, when it is due, what does not belong in it."""

    complete_within: Seconds
    templates: tuple[NoteTemplate, ...] = Field(min_length=1)
    sensitive: tuple[Sensitive, ...]
