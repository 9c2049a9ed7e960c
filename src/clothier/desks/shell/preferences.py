"""Choices a person makes about the look: theme and language, remembered in cookies."""

from django.http import HttpRequest, HttpResponse

THEME_COOKIE = "clothier_theme"
THEMES = ("auto", "light", "dark")
_YEAR = 365 * 86_400


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def remember_theme(response: HttpResponse, theme: str, *, secure: bool) -> None:
    response.set_cookie(THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", secure=secure)
