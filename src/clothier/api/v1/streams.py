"""POST /api/v1/events: arrivals, stays and sales as a stream of JSON lines, recorded in batches."""

from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest
from ninja import Router, Schema

from clothier.api.contracts import Scope
from clothier.api.v1.access import CallerRequest, Key
from clothier.api.v1.ingestion import Ingestion
from clothier.api.v1.lines import LONGEST

router = Router(tags=["events"])
SHOWN = 1000


class LineError(Schema):
    line: int
    detail: str


class Ingested(Schema):
    """Everything accepted is in the database when this answer comes. `errors` lists the first thousand refusals."""

    accepted: int
    repeated: int
    rejected: int
    errors: list[LineError]


_BODY = {
    "requestBody": {
        "required": True,
        "description": "One JSON object a line, ended by a newline. A line that cannot be used is reported with its "
        "number and the rest is kept; sending the same stream again repeats nothing.",
        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/events",
    auth=Key(Scope.EVENTS_WRITE),
    response=Ingested,
    openapi_extra=_BODY,
    summary="Many events at once (NDJSON)",
)
def ingest(request: HttpRequest) -> object:
    who = cast(CallerRequest, request).auth
    done = Ingestion(who)
    for number, line in _lines(request):
        done.take(number, line)
    done.flush()
    return {
        "accepted": done.accepted,
        "repeated": done.repeated,
        "rejected": len(done.refusals),
        "errors": [{"line": number, "detail": detail} for number, detail in sorted(done.refusals)[:SHOWN]],
    }


def _lines(request: HttpRequest) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, blank ones skipped. Of a line without end only the beginning is ever held."""
    number = 0
    while line := request.readline(LONGEST + 1):
        number += 1
        if line.strip():
            yield number, line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = request.readline(LONGEST + 1)
