"""Rows as columns, for tens of thousands at a time and for millions.

A model instance costs more to build than its row costs the database to write; who imports a history or counts a million
profiles anew has columns of values and no use for instances. A column is any sequence, an array, or `Every`: the same
in every row. Moments are aware, or arrays of seconds since 1970 with NEVER for none; JSON is text already. Nothing else
is converted and nothing is checked but what the database checks.
"""

from clothier.kernel.columns.cells import Cells, Columns, Every
from clothier.kernel.columns.keys import claim, reserve
from clothier.kernel.columns.moments import NEVER, Ints, instant, micros, moment, moment_of, stamp
from clothier.kernel.columns.reading import among, read, stream, table
from clothier.kernel.columns.writing import in_blocks, insert, update

__all__ = [
    "NEVER", "Cells", "Columns", "Every", "Ints", "among", "claim", "in_blocks", "insert", "instant", "micros",
    "moment", "moment_of", "read", "reserve", "stamp", "stream", "table", "update",
]  # fmt: skip
