"""The language guard before words reach a customer."""

from django.utils.translation import gettext as _

from clothier.cases.contracts import Kind, NoteKind
from clothier.cases.models import Case
from clothier.cases.services.rows import note, words
from clothier.conversations.contracts import Blocked
from clothier.conversations.services.guard import COMPLAINT, hits


def fit_to_say(row: Case, text: str, insist: str) -> str:
    """The words as they may be sent. Blocked for what the house rules stop; why somebody insisted stays on the case."""
    said = words(text)
    stopped = [hit for hit in hits(said, topic=COMPLAINT if row.kind == Kind.COMPLAINT else "") if hit.stops]
    if stopped and not insist.strip():
        raise Blocked(_("这句话里有不该说的表达，请换一种说法。"), stopped)
    if stopped:
        note(row, NoteKind.INTERNAL, insist.strip()[:200], author=None)
    return said
