"""Sessions in the database, as Django keeps them, looked up without composing the query anew for every page."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from clothier.kernel.rows import prepared


@prepared
def _unexpired(key: str, at: datetime) -> "QuerySet[Session, Session]":
    return Session.objects.filter(session_key=key, expire_date__gt=at)


class SessionStore(DatabaseSessions):
    def _get_session_from_db(self) -> Session | None:
        # The machine's own clock, like Django: a simulated week must not sign anybody out.
        found = _unexpired(key=self.session_key or "", at=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]
