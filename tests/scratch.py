"""Throw-away folders outside of any test: gone when their process ends; was it killed, when the next one begins."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "clothier-"


def folder(kind: str) -> Path:
    """A new folder that names the process it belongs to. One killed before could not clean up: that is made good."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}{kind}-*-*"):
        if not _alive(left.name.split("-")[-2]):
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{kind}-{os.getpid()}-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True
