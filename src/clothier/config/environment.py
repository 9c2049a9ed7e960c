"""Settings come from the environment; every default is safe for one machine."""

import os
from pathlib import Path


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Raises ValueError naming the variable, so that a typo is found at start and not at midnight."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def home() -> Path:
    """The data folder: database, keys, files. CLOTHIER_HOME, or ./.clothier of the place it is started from."""
    return Path(text("CLOTHIER_HOME") or ".clothier").expanduser().resolve()
