"""The verbs of the library, by the names other packages call them."""

from clothier.knowledge.services.gaps import answer_gap, dismiss_gap, note_gap, reopen_gap
from clothier.knowledge.services.importing import Brought, import_faq
from clothier.knowledge.services.learning import click_candidate, learn, mark_false, settle_mark
from clothier.knowledge.services.publishing import publish, retire, take_back
from clothier.knowledge.services.seeding import shipped, take_in_shipped
from clothier.knowledge.services.writing import write_article

__all__ = [
    "Brought",
    "answer_gap",
    "click_candidate",
    "dismiss_gap",
    "import_faq",
    "learn",
    "mark_false",
    "note_gap",
    "publish",
    "reopen_gap",
    "retire",
    "settle_mark",
    "shipped",
    "take_back",
    "take_in_shipped",
    "write_article",
]
