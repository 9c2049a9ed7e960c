"""What every customer page needs: who may open it, whom it is about, where it goes next."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from clothier.customers.selectors import person_of
from clothier.kernel.access import Role

FLOOR = (Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.OPERATOR)
KEEPERS = (Role.MANAGER, Role.OPERATOR)


def person_or_404(pk: int) -> int:
    """The person behind a record. 404 for a number nobody has."""
    person = person_of(pk)
    if person is None:
        raise Http404
    return person


def back(pk: int, *, to: str = "profiles:profile", at: str = "") -> HttpResponse:
    response = redirect(to, pk)
    if at:
        response["Location"] += f"#{at}"
    return response


def partial(request: HttpRequest) -> bool:
    """Asked for by htmx for a piece of the page, not by a boosted link for the whole."""
    asked = request.headers.get
    return asked("HX-Request") == "true" and not (asked("HX-Boosted") or asked("HX-History-Restore-Request"))
