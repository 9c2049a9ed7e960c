"""When silence is documented well enough to close a case without the customer's word."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def enough(moments: Iterable[datetime], *, now: datetime, attempts: int, apart: int, rest: int) -> bool:
    """Whether so many attempts lie `apart` seconds from each other, and `rest` seconds have passed since the last.

    Five calls within an hour are one attempt.
    """
    counted: list[datetime] = []
    for at in sorted(moments):
        if not counted or at - counted[-1] >= timedelta(seconds=apart):
            counted.append(at)
    return len(counted) >= attempts and now - counted[attempts - 1] >= timedelta(seconds=rest)
