"""Who else looks at a conversation, kept a minute in the table that all web processes share; and who writes in it.

Two who look in the same instant may lose one of them until the next heartbeat, which is soon.
"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from clothier.conversations.selectors import writing_now
from clothier.kernel import clock
from clothier.staff.selectors import names_of

HERE = timedelta(seconds=45)


def look(thread: int, employee: int) -> None:
    """Somebody has the conversation before their eyes."""
    now = clock.now()
    seen = {**_looking(thread, now), employee: now}
    cache.set(_key(thread), seen, timeout=int(HERE.total_seconds()))


def others(thread: int, *, me: int) -> list[str]:
    """What to say of those who are here beside oneself; of the customer only that they write."""
    writing = writing_now(thread, besides=me)
    looking = names_of(pk for pk in _looking(thread, clock.now()) if pk != me)
    said = [_("%(name)s 正在输入…") % {"name": name or _("顾客")} for name in writing]
    return said + [_("%(name)s 也在看") % {"name": name} for name in looking.values() if name not in writing]


def _looking(thread: int, now: datetime) -> dict[int, datetime]:
    kept: dict[int, datetime] = cache.get(_key(thread)) or {}
    return {who: at for who, at in kept.items() if now - at < HERE}


def _key(thread: int) -> str:
    return f"chat-looking:{thread}"
