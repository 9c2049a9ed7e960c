"""What helps somebody who writes: the guard's better words, the steps of a good answer, answers that may be given as
they stand, and the case that the customer's words call for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from clothier.cases.contracts import Kind, Severity
from clothier.cases.selectors import open_matters, spoken_of, words
from clothier.conversations.contracts import State, ThreadView
from clothier.conversations.selectors import Proposal, Said, proposal, unanswered
from clothier.customers.selectors import records_of
from clothier.language.contracts import Hit, Suggestion
from clothier.language.services import check, hints, suggest_kind
from clothier.standards.selectors import document

COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Matter:
    """A case that the words call for; a person decides. `href` opens its form with what it seems to be."""

    kind: str
    severity: str
    evidence: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Advice:
    """`drafting`: a draft may be asked for."""

    proposal: Proposal | None
    matter: Matter | None
    drafting: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a good answer; `met` where the text shows a sign of it."""

    key: str
    name: str
    shape: str
    met: bool


def hits_in(text: str, *, complaint: bool) -> list[Hit]:
    return check(text, document("language"), complaint=complaint)


def steps_of(text: str, *, complaint: bool) -> Sequence[Step]:
    rules, language = document("language"), get_language() or "zh"
    missing = {hint.key for hint in hints(text, rules, complaint=complaint)}
    return [
        Step(one.key, one.name.say(language), one.shape.say(language), bool(text.strip()) and one.key not in missing)
        for one in (rules.complaint_steps if complaint else rules.steps)
    ]


def is_complaint(thread: ThreadView) -> bool:
    """The guard is stricter and the steps are others where a complaint is answered."""
    return thread.topic == COMPLAINT


def advice_on(thread: ThreadView) -> Advice:
    """For the words that nobody has answered yet; nothing where there are none."""
    said = unanswered(thread.id) if thread.state is not State.CLOSED else []
    if not said:
        return Advice(None, None, drafting=False)
    told = proposal(thread.id, said, store=thread.store_id)
    return Advice(told, _matter(thread, said), drafting=bool(settings.DRAFTING))


def _matter(thread: ThreadView, said: Sequence[Said]) -> Matter | None:
    seems = suggest_kind("\n".join(one.text for one in reversed(said)))
    if seems.kind == Kind.INQUIRY or not seems.evidence or _known(thread, seems.kind):
        return None
    return Matter(
        str(words.KIND_NAMES[Kind(seems.kind)]),
        str(words.SEVERITY_NAMES[Severity(seems.severity)]),
        seems.evidence,
        f"{reverse('casework:new')}?{urlencode(_prefilled(thread, seems))}",
    )


def _known(thread: ThreadView, kind: str) -> bool:
    """Such a case is open already."""
    matters = open_matters(records_of(thread.customer_id)) if thread.customer_id else []
    return any(one.case.kind == kind for one in matters) or spoken_of(thread.id, kind=kind)


def _prefilled(thread: ThreadView, seems: Suggestion) -> dict[str, object]:
    """Codes and numbers only: what was said does not stand in an address."""
    told = {"origin": "chat", "thread": thread.id, "kind": seems.kind, "topic": seems.topic, "severity": seems.severity}
    return told | ({"customer": thread.customer_id} if thread.customer_id else {})
