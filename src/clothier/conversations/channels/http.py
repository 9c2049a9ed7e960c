"""What channels ask over HTTPS: silence and nonsense are answers they have to bear."""

import http.client
import json
import re
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from clothier.conversations.contracts import NewFile, NotSent
from clothier.conversations.rules.files import media_type

SECONDS = 10.0
LONGEST = 25 * 1024 * 1024
_UNQUOTABLE = re.compile(r'["\\\r\n]')
# What a server will never take, however often it is asked.
_NEVER = frozenset({400, 403, 404, 405, 410, 413, 422})


def ask(method: str, url: str, *, content: Any = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object a server answers with; `content` goes as JSON. Raises NotSent."""
    body = json.dumps(content, ensure_ascii=False).encode() if content is not None else b""
    return _object(fetch(method, url, body=body, headers={"Content-Type": "application/json", **(headers or {})}))


def upload(url: str, file: NewFile) -> dict[str, Any]:
    """Give a server a file as a form's field `media` (RFC 7578); the JSON object it answers with. Raises NotSent."""
    mark, name = uuid4().hex, _UNQUOTABLE.sub("_", file.name)
    kind = media_type(file.content) or "application/octet-stream"
    head = f'Content-Disposition: form-data; name="media"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
    body = b"".join([f"--{mark}\r\n{head}".encode(), file.content, f"\r\n--{mark}--\r\n".encode()])
    return _object(fetch("POST", url, body=body, headers={"Content-Type": f"multipart/form-data; boundary={mark}"}))


def _object(found: bytes) -> dict[str, Any]:
    try:
        told = json.loads(found)
    except ValueError:
        raise NotSent("no JSON") from None
    if not isinstance(told, dict):
        raise NotSent("no JSON object")
    return told


def fetch(method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes a server answers with. Raises NotSent, finally so for what it will never take."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.request(method, path, body or None, dict(headers or {}))
        answer = connection.getresponse()
        status, content = answer.status, answer.read(LONGEST)
    except (OSError, http.client.HTTPException) as error:
        raise NotSent(type(error).__name__) from None
    finally:
        connection.close()
    if status != 200:
        raise NotSent(f"HTTP {status}", final=status in _NEVER)
    return content


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=SECONDS)
    return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=_secure())


@cache
def _secure() -> ssl.SSLContext:
    return ssl.create_default_context()
