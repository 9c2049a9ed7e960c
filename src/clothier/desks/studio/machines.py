"""Keys, subscriptions and postings as their pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clothier.api.selectors import (
    ApiKey,
    Posting,
    Subscription,
    count_parked,
    count_waiting,
    keys,
    parked_postings,
    postings_of,
    subscriptions,
)
from clothier.desks.studio.words import SCOPES, name_of
from clothier.eventlog.contracts import Happening
from clothier.eventlog.selectors import entries_by_id
from clothier.kernel import clock
from clothier.kernel.access import Viewer
from clothier.places.selectors import stores_for

PAGE = 30
MOST = 99
# From here on a key that is about to expire says so.
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class KeyLine:
    key: ApiKey
    reach: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class HookLine:
    hook: Subscription
    reach: str
    events: str
    parked: str
    waiting: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """`name` is the event's; `open` says that nobody knows yet how it ends."""

    posting: Posting
    entry: Happening | None
    name: str
    tone: str
    open: bool


def key_page(viewer: Viewer, *, revoked: bool, before: int | None) -> dict[str, Any]:
    rows = keys().exclude(revoked_at=None) if revoked else keys().filter(revoked_at=None)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    more = f"?{'revoked=1&' if revoked else ''}before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return {"keys": [key_line(viewer, one) for one in found[:PAGE]], "next": more, "revoked": revoked}


def key_line(viewer: Viewer, key: ApiKey) -> KeyLine:
    now = clock.now()
    if key.revoked_at:
        state, tone = pgettext("key", "已停用"), ""
    elif key.expires_at and key.expires_at <= now:
        state, tone = _("已过期"), "bad"
    elif key.expires_at and (key.expires_at - now).days < SOON_DAYS:
        state, tone = _("快到期"), "warn"
    else:
        state, tone = _("可用"), "good"
    return KeyLine(key, reach(viewer, key.stores), state, tone)


def scopes_of(key: ApiKey) -> list[tuple[str, str]]:
    """What a key may do, in words, with its code."""
    return [(code, str(words)) for code, words in SCOPES if code in key.scopes]


def hooks(viewer: Viewer) -> list[HookLine]:
    return [hook_line(viewer, one) for one in subscriptions()[:100]]


def hook_line(viewer: Viewer, hook: Subscription) -> HookLine:
    return HookLine(
        hook=hook,
        reach=reach(viewer, hook.stores),
        events=_("、").join(name_of(one) for one in hook.types[:4])
        + (_(" 等 %(n)s 种事件") % {"n": len(hook.types)} if len(hook.types) > 4 else ""),
        parked=_upto(count_parked(most=MOST + 1, subscription=hook.pk)),
        waiting=_upto(count_waiting(most=MOST + 1, subscription=hook.pk)),
    )


def postings(hook: Subscription, *, before: int | None) -> dict[str, Any]:
    """What was posted to it, the latest events first."""
    rows = postings_of(hook.pk)
    found = list((rows.filter(entry_id__lt=before) if before else rows)[: PAGE + 1])
    more = f"?before={found[PAGE - 1].entry_id}" if len(found) > PAGE else ""
    lines = _lines(found[:PAGE])
    return {"lines": lines, "next": more, "watch": not hook.paused_at and not before and any(one.open for one in lines)}


def parked(*, before: int | None) -> dict[str, Any]:
    """What was given up, everywhere."""
    rows = parked_postings()
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    more = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return {"lines": _lines(found[:PAGE]), "next": more}


def parked_by_hook(viewer: Viewer) -> list[HookLine]:
    return [line for line in hooks(viewer) if line.parked != "0"]


def count_given_up() -> str:
    return _upto(count_parked(most=MOST + 1))


def _upto(found: int) -> str:
    return f"{MOST}+" if found > MOST else str(found)


def reach(viewer: Viewer, stores: Sequence[int] | None) -> str:
    """Which stores, in words."""
    if stores is None:
        return _("整个连锁")
    names = [str(row) for row in stores_for(viewer).filter(pk__in=stores).order_by("code")[:4]]
    if len(stores) > 3:
        return _("%(names)s等 %(n)s 家") % {"names": _("、").join(names[:3]), "n": len(stores)}
    return _("、").join(names)


_TONES = {Posting.State.SENT: "good", Posting.State.PARKED: "bad"}


def _lines(rows: Iterable[Posting]) -> list[PostLine]:
    rows = list(rows)
    entries = entries_by_id(row.entry_id for row in rows)
    return [_line(row, entries.get(row.entry_id)) for row in rows]


def _line(row: Posting, entry: Happening | None) -> PostLine:
    waiting = row.state == Posting.State.WAITING
    tone = _TONES.get(Posting.State(row.state), "warn" if waiting and row.attempts else "")
    return PostLine(row, entry, name_of(entry.type) if entry else f"#{row.entry_id}", tone, waiting)
