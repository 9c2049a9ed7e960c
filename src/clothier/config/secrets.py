"""Secrets made at first start and kept in the data folder, readable by its owner only."""

import contextlib
import os
import secrets as random
import tempfile
from pathlib import Path


def persisted(home: Path, name: str) -> str:
    """The secret of that name; made once, even when two processes start together."""
    path = home / name
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        # mkstemp opens with 0600; link() fails if somebody was first, and never shows a half-written file.
        descriptor, draft = tempfile.mkstemp(dir=home)
        with os.fdopen(descriptor, "w") as file:
            file.write(random.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text().strip()
