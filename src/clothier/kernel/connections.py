"""Long-lived threads and their database connection."""

from django.db import close_old_connections, connection


def refresh_connection() -> None:
    """Let go of a connection that broke or is past its age; a new one opens at the next query.

    Django does this around requests; threads that outlive requests call it themselves. Within a transaction the
    connection stays, whatever its age.
    """
    if not connection.in_atomic_block:
        close_old_connections()
