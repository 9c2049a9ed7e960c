"""How channels, states and reasons are called, and drawn."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from clothier.conversations.contracts import Author, Box, State, ThreadView
from clothier.conversations.selectors import Allowance
from clothier.desks.shell import words
from clothier.kernel import clock

CHANNELS: dict[str, tuple[Promise, str]] = {
    "web": (pgettext_lazy("channel", "网页"), "chat"),
    "wechat": (pgettext_lazy("channel", "微信公众号"), "chat"),
    "wecom": (pgettext_lazy("channel", "企业微信"), "people"),
    "email": (pgettext_lazy("channel", "邮件"), "mail"),
    "sms": (pgettext_lazy("channel", "短信"), "phone"),
    "phone": (pgettext_lazy("channel", "电话"), "phone"),
    "kiosk": (pgettext_lazy("channel", "店内屏"), "floor"),
    "api": (pgettext_lazy("channel", "接口"), "link"),
}

BOXES: dict[Box, Promise] = {
    Box.MINE: pgettext_lazy("box", "我的"),
    Box.WAITING: pgettext_lazy("box", "待分配"),
    Box.ANSWERED: pgettext_lazy("box", "等顾客"),
    Box.TEAM: pgettext_lazy("box", "全组"),
    Box.MENTIONS: pgettext_lazy("box", "提到我"),
    Box.SNOOZED: pgettext_lazy("box", "稍后"),
    Box.FAILED: pgettext_lazy("box", "未送达"),
    Box.BOT: pgettext_lazy("box", "机器人"),
    Box.CLOSED: pgettext_lazy("box", "已结束"),
}


def channel_name(channel: str) -> str:
    return str(CHANNELS[channel][0]) if channel in CHANNELS else channel


def channel_icon(channel: str) -> str:
    return CHANNELS[channel][1] if channel in CHANNELS else "chat"


def called(thread: ThreadView) -> str:
    return thread.name or _("访客 %(n)s") % {"n": thread.id}


def standing(thread: ThreadView) -> str:
    """Who has the conversation, in a few words."""
    if thread.snoozed_until:
        return _("稍后处理，%(at)s 回来") % {"at": words.moment(thread.snoozed_until)}
    match thread.state:
        case State.HELD:
            return _("%(name)s 接待中") % {"name": thread.employee}
        case State.WAITING:
            return pgettext("conversation", "排队中")
        case State.BOT:
            return pgettext("conversation", "机器人接待")
    return pgettext("conversation", "已结束")


def last_words(thread: ThreadView) -> str:
    """The last message for a line of a list; whose it was is said where it was not the customer's."""
    if thread.preview is None:
        return _("内容已按顾客要求删除")
    said = " ".join(thread.preview.split()) or _("[附件]")
    who = {Author.BOT: _("机器人"), Author.AGENT: _("客服")}.get(thread.last_author)  # type: ignore[call-overload]
    return f"{who}：{said}" if who else said


def allowed(allowance: Allowance) -> str:
    """How much the channel still takes, and how long."""
    if not allowance.left or allowance.until is None:
        return _("这个渠道现在不能回复：等顾客再来消息，或换一个渠道联系")
    left = max(1, int((allowance.until - clock.now()).total_seconds()) // 60)
    if left < 120:
        return _("还可回复 %(n)s 条，%(left)s 分钟内") % {"n": allowance.left, "left": left}
    return _("还可回复 %(n)s 条，%(left)s 小时内") % {"n": allowance.left, "left": left // 60}
