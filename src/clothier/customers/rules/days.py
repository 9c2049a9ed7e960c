"""Local days of very many moments at once."""

from datetime import date, datetime, time, tzinfo

import numpy as np

from clothier.kernel.columns import Ints


def days_of(seconds: Ints, zone: tzinfo) -> Ints:
    """The local day of every moment (seconds since 1970), as date's ordinal: found among the days' midnights."""
    first, last = (datetime.fromtimestamp(int(end), zone).toordinal() for end in (seconds.min(), seconds.max()))
    days = [date.fromordinal(number) for number in range(first, last + 1)]
    midnights = np.array([datetime.combine(day, time.min, zone).timestamp() for day in days])
    return first + np.searchsorted(midnights, seconds, side="right").astype(np.int64) - 1
