"""Sessions in the database, as Django keeps them, looked up without composing the query anew for every page."""

from datetime import datetime

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db import OperationalError
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

    def save(self, must_create: bool = False) -> None:
        """Raises what the database says; Django would call any of it a session that is gone, and answer with 400.

        While the disk is full or the database away a phone is told to say it again.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise
