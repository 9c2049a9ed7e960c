"""Rows without composing SQL anew: what bulk_create, bulk_update, filter and delete do, for verbs that run with every
tap and for streams of ten thousand events a second.

Django resolves and checks every value of every row as an expression of its own, which costs ten times what the
database takes. These take values as they are: no defaults of the database, no auto_now, no signals.
"""

from clothier.kernel.rows.making import new
from clothier.kernel.rows.prepared import Question, prepared
from clothier.kernel.rows.reading import change, delete, fetch, marks
from clothier.kernel.rows.shapes import FEW
from clothier.kernel.rows.writing import insert, insert_new, update, upsert

__all__ = [
    "FEW",
    "Question",
    "change",
    "delete",
    "fetch",
    "insert",
    "insert_new",
    "marks",
    "new",
    "prepared",
    "update",
    "upsert",
]
