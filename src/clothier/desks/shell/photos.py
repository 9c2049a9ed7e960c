"""Photos as forms bring them, and as pages show them."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from clothier.cases.selectors import photo_content
from clothier.cases.services import add_photo
from clothier.conversations.contracts import NewFile
from clothier.kernel.errors import Refused

AT_ONCE, LARGEST = 9, 20 * 1024 * 1024


def keep(case: int, files: Iterable[Any], *, actor: int | None, key: str | None, line: int | None = None) -> int:
    """Keep the photos of a form, or of one piece on it; how many.

    Refused, before anything is read, for one that is too large.
    """
    brought = list(files)[:AT_ONCE]
    if any(file.size > LARGEST for file in brought):
        raise Refused(_("照片太大，每张最多 20 MB"), field="photos")
    for place, file in enumerate(brought):
        made = f"{key}:photo:{f'{line}:' if line else ''}{place}" if key else None
        add_photo(case=case, file=NewFile(name=file.name, content=file.read()), actor=actor, line=line, key=made)
    return len(brought)


def served(case: Any, photo: int) -> HttpResponse:
    """One photo; a picture on a page, and a file for whoever opens its address: nothing in it runs here."""
    found = photo_content(case, photo)
    if found is None:
        raise Http404
    media_type, content = found
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="photo-{photo}"'
    response["Cache-Control"] = "private, max-age=86400"
    return response
