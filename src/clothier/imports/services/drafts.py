"""From a file to a confirmed plan: received, looked into, its columns guessed, then confirmed by somebody."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clothier.imports.contracts import FileRefused, Kind
from clothier.imports.kinds.registry import loader_of
from clothier.imports.models import Import
from clothier.imports.rules import headers
from clothier.imports.rules.options import guess_options
from clothier.imports.sources import files
from clothier.kernel import clock
from clothier.kernel.errors import Refused

MOST_UPLOAD = 2 * 1024**3


def register_file(*, kind: str, path: Path, file_name: str = "", actor: int | None = None) -> Import:
    """A draft for a file that lies on this machine. Raises Refused when it is no table we can read."""
    loader = loader_of(kind)
    try:
        dialect, header, sample = files.inspect(path, loader.columns)
    except FileRefused as refusal:
        raise Refused(_(refusal.message) % refusal.places, field="file") from None
    except OSError:
        raise Refused(_("文件打不开"), field="file") from None
    columns = headers.guess(header, loader.columns)
    return Import.objects.create(
        kind=Kind(kind),
        file_name=(file_name or path.name)[:200],
        path=str(path.resolve()),
        size=path.stat().st_size,
        sha256=digest(path),
        dialect=asdict(dialect),
        header=header,
        columns=columns,
        options=guess_options(columns, sample),
        language=get_language() or "",
        actor_id=actor,
        created_at=clock.now(),
    )


def receive(*, kind: str, file_name: str, chunks: Iterable[bytes], actor: int | None = None) -> Import:
    """A draft for a file that is being sent: kept in the data folder, under a name of our own."""
    folder = Path(settings.HOME) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid4().hex}.upload"
    size = 0
    try:
        with path.open("xb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_UPLOAD:
                    raise Refused(_("文件超过 2 GB，请分成几个文件导入"), field="file")
                target.write(chunk)
        return register_file(kind=kind, path=path, file_name=Path(file_name).name, actor=actor)
    except Refused:
        path.unlink(missing_ok=True)
        raise


def confirm(*, import_id: int, columns: Mapping[str, int], options: Mapping[str, str]) -> Import:
    """Settle which column holds what. Raises Refused naming what is missing; only drafts can be settled."""
    draft = Import.objects.get(pk=import_id)
    loader = loader_of(draft.kind)
    known = {column.name: column for column in loader.columns}
    chosen = {name: at for name, at in columns.items() if name in known and 0 <= at < len(draft.header)}
    if lacking := loader.lacking(chosen):
        names = "、".join(_(column.title) for column in lacking)
        raise Refused(_("缺少必需的列：%(columns)s") % {"columns": names}, field=lacking[0].name)
    settled = {**draft.options, **{name: text.strip() for name, text in options.items()}}
    changed = Import.objects.filter(pk=import_id, state=Import.State.DRAFT).update(columns=chosen, options=settled)
    if not changed:
        raise Refused(_("这次导入已经开始，不能再改列的对应关系"))
    draft.columns, draft.options = chosen, settled
    return draft


def digest(path: Path) -> str:
    """What the file holds, in 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
