"""What the person who takes over should know before reading on."""

from django.utils.translation import gettext as _

from clothier.conversations import sealing
from clothier.conversations.contracts import Author, Reason
from clothier.conversations.models import Message, Thread
from clothier.conversations.models.work import REASON_NAMES
from clothier.language.services import mood, suggest_kind

LAST = 12
SHOWN = 0.3
_LONGEST = 120


def summary(thread: Thread, reason: Reason, text: str) -> str:
    """Why a person comes in, what was asked and what the bot said to it, and what the matter seems to be."""
    rows = Message.objects.filter(contact__thread=thread, at__gte=thread.opened_at, internal=False)
    last = list(reversed(rows.select_related("contact").order_by("-pk")[:LAST]))
    lines = [str(_("转人工：%(reason)s") % {"reason": REASON_NAMES[reason]})]
    lines += [f"{_who(one.author)}{_short(one)}" for one in last if one.sealed]
    seems = suggest_kind(text)
    if reason == Reason.ANGER or seems.kind != "inquiry":
        told = {"kind": seems.kind, "topic": seems.topic, "said": "、".join(seems.evidence[:5])}
        lines.append(_("像是 %(kind)s · %(topic)s：%(said)s") % told)
    if (anger := mood(text).anger) >= SHOWN:
        lines.append(_("情绪：生气 %(anger)s%%") % {"anger": round(anger * 100)})
    return "\n".join(lines)


def _who(author: str) -> str:
    return {Author.CUSTOMER: _("顾客："), Author.BOT: _("机器人：")}.get(Author(author), _("客服："))


def _short(row: Message) -> str:
    text = " ".join((sealing.opened(row.contact.key, row.sealed) or "").split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
