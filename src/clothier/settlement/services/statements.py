"""A provider's file on its way in: received, checked without changing anything, confirmed, taken in."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.payments.contracts import statement_formats
from clothier.settlement.models import Statement

MOST_UPLOAD = 512 * 1024**2
_STATES = Statement.State


def receive_statement(
    *, provider: str, file_name: str, chunks: Iterable[bytes], actor: int | None, day: date | None = None
) -> Statement:
    """Keep a file and have it checked. Raises Refused when the same file was sent before: it is in, or on its way."""
    if provider not in statement_formats:
        raise Refused(_("请选择支付渠道"), field="provider")
    path, digest = _keep(chunks)
    known = Statement.objects.filter(sha256=digest, provider=provider).exclude(state=_STATES.FAILED).first()
    if known:
        path.unlink()
        raise Refused(_("这个文件已经上传过（%(name)s）") % {"name": known.file_name}, field="file")
    name = Path(file_name).name
    return Statement.objects.create(
        provider=provider,
        date=day or statement_formats[provider].day(name),
        file_name=name[:200],
        path=str(path),
        sha256=digest,
        received_at=clock.now(),
        received_by=actor,
    )


def _keep(chunks: Iterable[bytes]) -> tuple[Path, str]:
    folder = Path(settings.HOME) / "statements"
    folder.mkdir(parents=True, exist_ok=True)
    path, size, digest = folder / f"{uuid4().hex}.upload", 0, hashlib.sha256()
    try:
        with path.open("xb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_UPLOAD:
                    raise Refused(_("文件太大，请按天下载账单"), field="file")
                digest.update(chunk)
                target.write(chunk)
    except Refused:
        path.unlink()
        raise
    return path, digest.hexdigest()


@transaction.atomic
def confirm_statement(*, statement: int, day: date, replace: bool = False, actor: int | None = None) -> Statement:
    """Have a checked file taken in. Raises Refused when the date has a file already, unless it is to be replaced."""
    held = Statement.objects.select_for_update().get(pk=statement)
    if held.state in (_STATES.QUEUED, _STATES.RUNNING, _STATES.DONE):
        return held
    if held.state != _STATES.CHECKED:
        raise Refused(_("这个文件不能导入"))
    if day > clock.now().date():
        raise Refused(_("账单日期不能在将来"), field="date")
    if not replace and Statement.objects.filter(provider=held.provider, date=day, current=True).exists():
        raise Refused(_("这一天的账单已经导入；如果这是更正后的文件，请勾选替换"), field="replace")
    held.date, held.state = day, _STATES.QUEUED
    held.save(update_fields=["date", "state"])
    return held


@transaction.atomic
def drop_statement(*, statement: int, actor: int | None = None) -> None:
    """Let go of a file that was not taken in."""
    held = Statement.objects.select_for_update().filter(pk=statement).first()
    if held is None:
        return
    if held.state not in (_STATES.CHECKED, _STATES.FAILED):
        raise Refused(_("这个文件已经在导入"))
    if held.path:
        held.file.unlink(missing_ok=True)
    held.delete()
