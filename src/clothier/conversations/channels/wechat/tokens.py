"""Access tokens of WeChat and WeCom: one for all processes while it lasts, asked for anew when it is refused."""

from collections.abc import Callable

from django.core.cache import cache

from clothier.conversations.contracts import NotSent

# Asked for anew a little before they end.
EARLY = 300


def token(name: str, ask: Callable[[], dict[str, object]]) -> str:
    """The token under a name, from the cache or from `ask`. Raises NotSent when none is given."""
    if known := cache.get(_key(name)):
        return str(known)
    told = ask()
    found = told.get("access_token")
    if not found:
        raise NotSent(f"no token: {told.get('errcode')}")
    lasts = int(str(told.get("expires_in", 7200)))
    cache.set(_key(name), found, max(lasts - EARLY, 60))
    return str(found)


def forget(name: str) -> None:
    cache.delete(_key(name))


def _key(name: str) -> str:
    return f"channel-token:{name}"
