"""What a file is, by its first bytes: a name proves nothing."""

from clothier.conversations.contracts import LARGEST, NewFile

MEGABYTE = 1024 * 1024
IMAGES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)
# Every type that anybody may send.
TYPES = frozenset({*(kind for _sign, kind in _SIGNS), "image/webp", "image/heic", "video/mp4"})
ANY = dict.fromkeys(TYPES, LARGEST)
_NAMES = {"image/jpeg": "jpg", "audio/mpeg": "mp3"}


def media_type(content: bytes) -> str:
    """The type a content has; "" for one that nobody may send: programs, pages, archives, what is not recognised."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return "video/mp4" if content[8:11] != b"hei" else "image/heic"
    return ""


def fault(file: NewFile) -> str:
    """Why a file is not taken: empty, large or type; "" for none."""
    if not file.content:
        return "empty"
    if len(file.content) > LARGEST:
        return "large"
    return "" if media_type(file.content) else "type"


def named(kind: str, content: bytes) -> str:
    """A name for a file that came without one."""
    real = media_type(content)
    return f"{kind}.{_NAMES.get(real) or real.partition('/')[2] or 'bin'}"
