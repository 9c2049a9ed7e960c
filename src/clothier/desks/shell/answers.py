"""What a post is answered with: the page it came from."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from clothier.staff.middleware import ViewerRequest


def back(request: ViewerRequest, fallback: str) -> HttpResponse:
    """Where the form wants to go (a path of this site), or the fallback. 303, so that a reload posts nothing twice."""
    to = request.POST.get("next", "")
    safe = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    response = HttpResponseRedirect(to if safe else fallback)
    response.status_code = 303
    return response
