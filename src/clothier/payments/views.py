"""Where providers notify: nobody signs in, every word is checked, and the answer is always in their own format."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from clothier.payments.services import hear

# No provider's notification is longer; what is, is not read.
LONGEST = 64 * 1024


@csrf_exempt
@require_POST
def notification(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a notification. What is not the provider's costs a signature check and touches no row."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return HttpResponse(status=413)
    try:
        reply = hear(provider=provider, headers=request.headers, body=_body(request))
    except KeyError:
        raise Http404 from None
    return HttpResponse(reply.body, status=reply.status, content_type=reply.content_type)


def _body(request: HttpRequest) -> bytes:
    """The bytes that were signed; none of an uploaded file, which is nobody's notification."""
    try:
        return request.body
    except RawPostDataException:
        return b""
