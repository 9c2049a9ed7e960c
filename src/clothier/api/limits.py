"""How much one machine may ask. Each web process counts for itself, its share of the limit."""

import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from clothier.api.problems import Problem

KEYS = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limit:
    """A token bucket for each name: `per_minute` on average, as much at once."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> float:
        """0 when there is one left, otherwise the seconds until there is."""
        now, rate = time.monotonic(), self.per_minute / 60
        with self._lock:
            if len(self._buckets) > KEYS:
                self._buckets.clear()
            bucket = self._buckets.setdefault(name, _Bucket(self.per_minute, now))
            bucket.left = min(bucket.left + (now - bucket.at) * rate, self.per_minute)
            bucket.at = now
            if bucket.left < 1:
                return (1 - bucket.left) / rate
            bucket.left -= 1
            return 0.0

    def require(self, name: str) -> None:
        """Raises Problem 429 when the name has used up its share."""
        wait = self.take(name)
        if wait:
            raise Problem(429, _("请求太频繁，请稍后再试"), headers={"Retry-After": str(int(wait) + 1)})


requests = Limit(max(settings.API_PER_MINUTE // max(settings.WEB_PROCESSES, 1), 1))
# Somebody trying keys: few attempts for each address, whatever they try.
guesses = Limit(30)
