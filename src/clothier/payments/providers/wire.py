"""One request to a provider: no redirects, no proxies, a patience of the house rules', and silence is an answer."""

import http.client
import json
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from clothier.standards.selectors import document

LONGEST = 4 * 1024 * 1024


class Answered(NamedTuple):
    """`status` is 0 when no answer came: then nobody knows whether the request arrived."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The object it holds, empty for anything else."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


SILENCE = Answered(0, {}, b"")


def request(method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Answered:
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.request(method, path, body or None, dict(headers))
        answer = connection.getresponse()
        return Answered(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read(LONGEST))
    except (OSError, http.client.HTTPException):
        return SILENCE
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    patience = document("payments").waiting.answer
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=patience)
    return http.client.HTTPSConnection(host, port, timeout=patience, context=_secure())


@cache
def _secure() -> ssl.SSLContext:
    return ssl.create_default_context()
