"""A letter as we take it in: who wrote, what was written anew, what came with it; or why a machine wrote it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice
from typing import cast

from clothier.conversations.contracts import MOST_FILES, NewFile
from clothier.conversations.rules.files import fault

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.S | re.I)
_BREAK = re.compile(r"<(br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.I)
# Where the older letters begin: what mail programs write above them, in Chinese and English.
_OLDER = re.compile(
    r"^\s*(>|-{2,} ?(原始邮件|回复的原邮件|转发邮件|Original Message)|在.{4,80}写道[：:]|On .{6,120} wrote:|"
    r"(发件人|From)[：:].+$)",
    re.M | re.I,
)
_OURS = re.compile(r"<chat-\d+-(\d+)@[^>]+>")


@dataclass(frozen=True, slots=True)
class Letter:
    """`number` is its Message-ID; `machine` why no person wrote it ("" for a person); `bounced` our message that could
    not be delivered, where the letter says so.
    """

    number: str
    sender: str
    name: str
    subject: str
    text: str
    sent_at: datetime | None
    files: tuple[NewFile, ...]
    machine: str
    bounced: int | None = None


def read_letter(raw: bytes, *, own: str) -> Letter:
    """`own` is our address: a letter from there is an echo."""
    letter = message_from_bytes(raw, policy=default)
    name, sender = parseaddr(str(letter.get("From", "")))
    machine = _machine(letter, sender.lower(), own.lower())
    return Letter(
        number=str(letter.get("Message-ID", "")).strip(),
        sender=sender.lower(),
        name=name,
        subject=" ".join(str(letter.get("Subject", "")).split()),
        text=_written(letter),
        sent_at=_sent(letter),
        files=tuple(islice(_files(letter), MOST_FILES)),
        machine=machine,
        bounced=_bounced(raw) if machine == "bounce" else None,
    )


def _machine(letter: EmailMessage, sender: str, own: str) -> str:
    """RFC 3834 and what programs do besides: none of these is answered, or two machines would write for ever."""
    if letter.get_content_type() == "multipart/report" or sender.startswith(("mailer-daemon@", "postmaster@")):
        return "bounce"
    if sender == own:
        return "echo"
    if str(letter.get("Auto-Submitted", "no")).partition(";")[0].strip().lower() != "no":
        return "auto"
    if str(letter.get("Precedence", "")).strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return "bulk"
    if letter.get("List-Id") or letter.get("List-Unsubscribe") or letter.get("X-Autoreply"):
        return "list"
    return "" if sender else "nobody"


def _written(letter: EmailMessage) -> str:
    body = letter.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, ValueError):
        text = cast(bytes, body.get_payload(decode=True) or b"").decode("utf-8", "replace")
    if body.get_content_type() == "text/html":
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    older = _OLDER.search(text)
    return (text[: older.start()] if older else text).strip()


def _files(letter: EmailMessage) -> Iterator[NewFile]:
    """What we may take; the rest stays in the mailbox."""
    for part in letter.iter_attachments():
        content = part.get_payload(decode=True)
        file = NewFile(part.get_filename() or "file", content if isinstance(content, bytes) else b"")
        if not fault(file):
            yield file


def _sent(letter: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(letter["Date"]))
    except (TypeError, ValueError):
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _bounced(raw: bytes) -> int | None:
    found = _OURS.search(raw.decode("latin-1"))
    return int(found[1]) if found and len(found[1]) < 19 else None
