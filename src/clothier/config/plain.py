"""What no database can keep is refused at the door, whichever address it is sent to."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clothier.api.problems import answer
from clothier.kernel.plain import storable


class PlainText:
    """A path, query, cookie or form field with NUL in it is answered with 400: the page, or the API's problem.

    The API's bodies are looked at where they are read: a stream of events must not be taken into memory here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if storable([request.path, *request.COOKIES.values()]) and _plain(request.GET.lists()):
            return self.get_response(request)
        if _of_api(request):
            return answer(400, _("地址里有无法保存的字符（NUL）"))
        raise BadRequest("NUL in the address or a cookie")

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Before the view, and after nothing that has touched the database."""
        if request.method == "POST" and not _of_api(request) and not _plain(request.POST.lists()):
            raise BadRequest("NUL in a form field")


def _of_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _plain(fields: Iterable[tuple[str, list[Any]]]) -> bool:
    return all(storable(name) and storable(values) for name, values in fields)
