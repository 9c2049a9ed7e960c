"""Words that are often needed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clothier.conversations.models import SavedReply
from clothier.conversations.rules.variables import unknown
from clothier.conversations.services import guard
from clothier.kernel import clock
from clothier.kernel.errors import Refused


def save_reply(
    *,
    title: str,
    text: str,
    text_en: str = "",
    topic: str = "",
    owner: int | None = None,
    reply: int | None = None,
    seen: str | None = None,
) -> SavedReply:
    """A new saved reply, or `reply` worded anew. Refused without words, for variables nobody fills, for what is
    never said, and of `seen` where a colleague has worded it anew since it read so (`SavedReply.wording`).
    """
    title, text, text_en = title.strip()[:40], text.strip(), text_en.strip()
    if not title or not text:
        raise Refused(_("请填写标题和内容。"), field="title" if not title else "text")
    if strange := unknown(text) + unknown(text_en):
        raise Refused(_("没有这个变量：%(names)s。") % {"names": "、".join(strange)}, field="text")
    if any(hit.stops for hit in guard.hits(text)):
        raise Refused(_("这句话里有不该说的表达，请换一种说法。"), field="text")
    values = {"title": title, "text": text, "text_en": text_en, "topic": topic, "owner_id": owner}
    if reply is None:
        return SavedReply.objects.create(**values)
    return _reword(reply, seen, values)


@transaction.atomic
def _reword(reply: int, seen: str | None, values: Mapping[str, Any]) -> SavedReply:
    row = SavedReply.objects.select_for_update().filter(pk=reply, retired_at=None).first()
    if row is None:
        raise Refused(_("这条快捷回复已经停用。"))
    if seen is not None and seen != row.wording:
        raise Refused(
            _("您写的时候，同事改过这一条：%(text)s。再存一次，就用您的。") % {"text": row.text}, field="seen"
        )
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def retire_reply(*, reply: int) -> None:
    SavedReply.objects.filter(pk=reply, retired_at=None).update(retired_at=clock.now())
