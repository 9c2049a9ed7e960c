"""Which database: PostgreSQL by DATABASE_URL, otherwise a tuned SQLite file in the data folder."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# WAL lets readers pass the one writer; NORMAL is durable against a killed process and loses at most the last
# commits on a power cut, so production on SQLite may raise it with CLOTHIER_SQLITE_SYNCHRONOUS=FULL. The log goes into
# the file every 128 MB: a stream writes the same pages again and again (24 MB a batch of sales), and by default each
# batch took them along.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};PRAGMA busy_timeout=10000;"
    "PRAGMA foreign_keys=ON;PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
    "PRAGMA wal_autocheckpoint=32768;PRAGMA journal_size_limit=134217728;"
)


MOST_PROCESSES = 4


def web_processes(url: str) -> int:
    """How many web processes there are unless somebody says: with PostgreSQL one a core, at most four.

    SQLite is served by one, and so is a system whose sockets several processes cannot share.
    """
    return min(os.cpu_count() or 1, MOST_PROCESSES) if url and sys.platform == "linux" else 1


def from_url(url: str) -> dict[str, Any]:
    """A Django DATABASES entry from postgres://user:password@host:port/name?option=value.

    A connection keeps its statements prepared. With the option `pooler=transaction` a pooler such as PgBouncer lends
    one for a transaction at a time: nothing is kept on it from one to the next.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with postgres://, not {parts.scheme}://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    pooler = options.pop("pooler", None)
    if pooler not in {None, "transaction"}:
        raise ValueError(f"DATABASE_URL says pooler={pooler}; the only kind that needs saying is pooler=transaction")
    if not pooler:
        # A statement asked a fourth time is parsed and planned no more: that was half of PostgreSQL's work for a sale.
        options |= {"server_side_binding": True, "prepare_threshold": 3}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": bool(pooler),
        "OPTIONS": options,
    }


def sqlite(home: Path, *, synchronous: str) -> dict[str, Any]:
    return {
        "ENGINE": "clothier.config.sqlite",
        "NAME": home / "clothier.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at BEGIN: two writers queue instead of failing half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": _PRAGMAS.format(synchronous=synchronous),
        },
    }
