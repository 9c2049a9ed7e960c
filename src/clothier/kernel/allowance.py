"""How often something may happen in a minute, counted by all web processes of all machines together."""

import hashlib
import math
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from clothier.kernel import clock

MINUTE = timedelta(minutes=1)
# Beside what Django's cache keeps of sign-ins, in its table: one statement, so that nobody counts past anybody.
_COUNT = """
INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s)
ON CONFLICT (cache_key) DO UPDATE SET value = CAST(CAST({table}.value AS integer) + %s AS text) RETURNING value
"""


def used(what: str, *, times: int = 1) -> int:
    """Count so many uses; how many there have been in this minute, these included.

    What is counted may be somebody's address, so it is kept as a digest. A minute that begins counts from nothing.
    """
    key = hashlib.sha256(f"{minute()} {what}".encode()).hexdigest()[:40]
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    over = connection.ops.adapt_datetimefield_value(clock.now() + 2 * MINUTE)
    # In a transaction, for on SQLite those who write stand in line.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_COUNT.format(table=table), [key, str(times), over, times])
        return int(cursor.fetchone()[0])


def minute() -> int:
    """Which minute it is, since 1970."""
    return int(clock.now().timestamp()) // 60


def seconds_left() -> int:
    """Until the next minute begins, at least one."""
    return math.ceil(60 - clock.now().timestamp() % 60)
