"""Who listens: staff by their sign-in cookie, read as the pages read it; a customer by the secret of their chat."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from clothier.api.contracts import chat_guests
from clothier.api.live.hub import Hears
from clothier.kernel.access import Role, Viewer
from clothier.kernel.connections import refresh_connection
from clothier.kernel.plain import storable
from clothier.kernel.refs import Ref
from clothier.staff.selectors import viewer_of

# A chat with somebody who has not said of which store they speak is answered by whoever answers chats.
_ANSWERERS = (Role.AGENT, Role.MANAGER, Role.OPERATOR)


def staff_ears(header: str) -> Hears | None:
    """What somebody signed in with this Cookie header hears: their stores, and chats of no store."""
    viewer = viewer_by_cookie(header)
    if viewer is None:
        return None
    answers = viewer.may(*_ANSWERERS)
    return lambda about, store: viewer.sees(store) or (answers and store is None and about.kind == "chat")


def guest_ears(query: str, header: str) -> Hears | None:
    """What a customer hears: their own chat and nothing else."""
    refresh_connection()
    thread = chat_guests.ask(parse_qs(query).get("chat", [""])[0], _cookies(header))
    own = Ref("chat", thread or 0)
    return None if thread is None else lambda about, store: about == own


def viewer_by_cookie(header: str) -> Viewer | None:
    """The viewer signed in with this Cookie header; None for strangers and people who left."""
    refresh_connection()
    session = _cookies(header).get(settings.SESSION_COOKIE_NAME)
    if session is None or not storable(session):
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    return viewer_of(get_user(request))


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
