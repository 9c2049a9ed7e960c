"""Times as a calendar file that phones import and subscribe to (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_WIDTH = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `uid` stays the same when it moves, so that importing again moves it instead of doubling it."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    place: str


def calendar(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """The whole file: CRLF line ends, UTC times, long lines folded."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clothier//Calendar//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}"]
    for one in entries:
        lines += _event(one, now)
    lines.append("END:VCALENDAR")
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line))


def _event(one: Entry, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(one.start)}",
        f"DTEND:{_utc(one.end)}",
        f"SUMMARY:{_escaped(one.summary)}",
        f"LOCATION:{_escaped(one.place)}",
        "END:VEVENT",
    ]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """Pieces of at most 75 octets, never cut inside a character; each after the first begins with a space."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _WIDTH:
            yield piece
            piece = b" "
        piece += octets
    yield piece
