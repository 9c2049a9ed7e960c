"""Where files of conversations lie: beside the database, sealed."""

from pathlib import Path

from django.conf import settings


def place(stored: str) -> Path:
    return Path(settings.HOME) / "attachments" / stored
