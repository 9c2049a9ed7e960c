"""Files that came in, and the rows they were refused for, go when their time is over; what they brought stays."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from clothier.imports.models import Import

_WAITING = (Import.State.QUEUED, Import.State.RUNNING, Import.State.UNDOING)


def prune_files(before: datetime) -> int:
    """Delete files in the data folder last written before a moment; how many. A file given by its path elsewhere is
    its owner's, and one that an import still reads is left alone."""
    waiting = Import.objects.filter(state__in=_WAITING)
    kept = {path for task in waiting for path in (task.file, task.rejected_file)}
    old = [path for path in _files() if path not in kept and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _files() -> list[Path]:
    folder = (Path(settings.HOME) / "imports").resolve()
    return [*folder.glob("*.upload"), *folder.glob("*-rejected.csv")]
