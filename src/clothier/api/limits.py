"""How much one machine may ask, whichever of the web processes answers it."""

import threading

from django.conf import settings
from django.utils.translation import gettext as _

from clothier.api.problems import Problem
from clothier.kernel import allowance

# A process takes this part of a minute's allowance at once, so that not every request writes to the database.
PARTS = 20
NONE = -1


class Limit:
    """So many in each minute for each name."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute, self.portion = per_minute, max(per_minute // PARTS, 1)
        self._minute = 0
        self._held: dict[str, int] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> bool:
        """Whether there was one left."""
        with self._lock:
            if self._minute != allowance.minute():
                self._minute = allowance.minute()
                self._held.clear()
            held = self._held.get(name, 0)
            self._held[name] = held - (held > 0)
        # Who was told that nothing is left is told so again without a question to the database.
        return held > 0 or (held == 0 and self._fetch(name))

    def _fetch(self, name: str) -> bool:
        """Take a portion and one of it; outside the lock, for the database may be a while."""
        before = allowance.used(f"api:{name}", times=self.portion) - self.portion
        got = min(self.portion, self.per_minute - before)
        with self._lock:
            self._held[name] = NONE if got <= 0 else self._held.get(name, 0) + got - 1
        return got > 0

    def require(self, name: str) -> None:
        """Raises Problem 429 when the name has used up its share."""
        if not self.take(name):
            pause = str(allowance.seconds_left())
            raise Problem(429, _("请求太频繁，请稍后再试"), headers={"Retry-After": pause})


requests = Limit(settings.API_PER_MINUTE)
# Somebody trying keys: few attempts for each address, whatever they try.
guesses = Limit(30)
