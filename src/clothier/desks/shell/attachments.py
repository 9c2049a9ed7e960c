"""Files that come with messages: taken from a form, named on a page, handed out."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from clothier.conversations.contracts import LARGEST, NewFile


@dataclass(frozen=True, slots=True)
class File:
    """A file on a page; `image`: it may be shown there."""

    name: str
    href: str
    image: bool


def posted(request: HttpRequest) -> list[NewFile]:
    """The files of a form; of one that is too large no more than shows it, so that it fills no memory."""
    return [NewFile(one.name or "", one.read(LARGEST + 1)) for one in request.FILES.getlist("files")]


def handed_out(found: Any) -> HttpResponse:
    """A file's name, type and content as an answer. Only a picture is drawn by the browser; everything else is saved.
    Raises Http404 for none.
    """
    if found is None:
        raise Http404
    drawn = found.media_type.startswith("image/")
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(not drawn, found.name) or "inline"
    response["Cache-Control"] = "private, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
