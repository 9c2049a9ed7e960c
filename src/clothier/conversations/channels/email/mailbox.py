"""The mailbox, by IMAP: letters after one that was read, each with its number in the box."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

SECONDS = 20.0
# A file of 20 MB as a letter carries it.
LONGEST = 29 * 1024 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Unreachable(Exception):
    """The mailbox does not answer as one."""


class Mailbox:
    """`imap_host`, `imap_port`, `imap_tls` beside the channel's own settings; the same name and password."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.host, self.port = str(told["imap_host"]), int(told.get("imap_port", 993))
        self.tls = str(told.get("imap_tls", "tls")) == "tls"
        self.user, self.password = str(told.get("user", "")), str(told.get("password", ""))

    def letters(self, cursor: str, *, limit: int = 50) -> Iterator[tuple[str, bytes | None]]:
        """(cursor, letter) from the first one after the cursor on; None for a letter too long to read.

        A cursor is UIDVALIDITY:UID; numbers of another validity mean nothing, so reading begins at the front again and
        what we have is known by its Message-ID. Raises Unreachable.
        """
        try:
            with self._open() as box:
                validity = _number(box.response("UIDVALIDITY")[1])
                known, _colon, last = cursor.partition(":")
                after = int(last) if known == str(validity) and last.isdecimal() else 0
                for uid in self._after(box, after)[:limit]:
                    yield f"{validity}:{uid}", self._letter(box, uid)
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreachable(type(error).__name__) from error

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        if self.tls:
            box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=ssl.create_default_context(), timeout=SECONDS
            )
        else:
            box = imaplib.IMAP4(self.host, self.port, timeout=SECONDS)
        with box:
            box.login(self.user, self.password)
            # Read-only: what people have marked in the mailbox is theirs.
            box.select("INBOX", readonly=True)
            yield box

    def _after(self, box: imaplib.IMAP4, after: int) -> list[int]:
        # "n:*" always includes the last letter, however small its number.
        _state, found = box.uid("SEARCH", "UID", f"{after + 1}:*")
        return sorted(uid for uid in map(int, (found[0] or b"").split()) if uid > after)

    def _letter(self, box: imaplib.IMAP4, uid: int) -> bytes | None:
        _state, told = box.uid("FETCH", str(uid), "(RFC822.SIZE)")
        head = told[0] if told and isinstance(told[0], bytes) else b""
        size = _SIZE.search(head)
        if size is None or int(size[1]) > LONGEST:
            return None
        _state, told = box.uid("FETCH", str(uid), "(BODY.PEEK[])")
        return next((part[1] for part in told if isinstance(part, tuple)), None)


def _number(told: Any) -> int:
    return int(told[0]) if told and told[0] else 0
