"""The desks of the house and who works at each: the rail, the bottom bar and the way home are drawn from this."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clothier.kernel.access import Role, Viewer

A, G, M, L, O = Role.ASSOCIATE, Role.AGENT, Role.MANAGER, Role.MALL, Role.OPERATOR  # noqa: E741
HEAD = frozenset({O, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: its address, its icon in the sprite, and whose it is."""

    path: str
    label: Promise | str
    icon: str
    roles: frozenset[Role]

    def holds(self, path: str) -> bool:
        return path.startswith(self.path)


_places: list[Place] = []
_homes: dict[Role, str] = {
    A: "/floor/",
    G: "/inbox/",
    M: "/board/",
    L: "/board/",
    O: "/studio/",
    Role.ADMIN: "/studio/",
}


def url(view: str, *args: Any, **kwargs: Any) -> str:
    """A page's address. A list has hundreds, most of which differ in one number only."""
    if len(args) == 1 and type(args[0]) is int and not kwargs:
        return _numbered(view) % args[0]
    return _address(view, *args, **kwargs)


@lru_cache(maxsize=1024)
def _numbered(view: str) -> str:
    """The address with a gap where the number belongs."""
    mark = 10**15
    return reverse(view, args=[mark]).replace("%", "%%").replace(str(mark), "%d")


@lru_cache(maxsize=8192)
def _address(view: str, *args: Any, **kwargs: Any) -> str:
    return reverse(view, args=args, kwargs=kwargs)


def register(place: Place) -> None:
    """Add a desk, at the end; a desk that comes later says so from its AppConfig.ready()."""
    _places.append(place)


def places_for(viewer: Viewer) -> list[Place]:
    return [place for place in _places if viewer.may(*place.roles)]


def in_bar(places: list[Place], here: Place | None) -> list[Place]:
    """The entries of a phone's bar, beside "more": the first ones, and where one is."""
    shown = places[: 5 if len(places) == 5 else 4]
    return shown if here is None or here in shown else [*shown[:-1], here]


def home_of(viewer: Viewer) -> str:
    """Where the day starts for this role."""
    return _homes[viewer.role]


for _path, _label, _icon, _roles in (
    ("/studio/", pgettext_lazy("desk", "运营"), "studio", HEAD),
    ("/board/", pgettext_lazy("desk", "看板"), "board", HEAD | {M, L}),
    ("/floor/", pgettext_lazy("desk", "卖场"), "floor", HEAD | {A, M}),
    ("/inbox/", pgettext_lazy("desk", "会话"), "inbox", HEAD | {G, M}),
    ("/customers/", pgettext_lazy("desk", "顾客"), "people", HEAD | {A, G, M}),
    ("/rules/", pgettext_lazy("desk", "服务规范"), "rules", HEAD | {A, G, M, L}),
    ("/reports/", pgettext_lazy("desk", "指标"), "chart", HEAD | {M, L}),
    ("/imports/", pgettext_lazy("desk", "导入"), "import", HEAD),
    ("/office/", pgettext_lazy("desk", "后台"), "office", HEAD),
):
    register(Place(_path, _label, _icon, frozenset(_roles)))
