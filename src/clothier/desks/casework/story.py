"""Everything that happened to a case in one list, the latest first: words, steps, goods, money, promises."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as Sentence
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from clothier.cases.contracts import NoteKind
from clothier.cases.selectors import CaseFile, words
from clothier.desks.inbox.words import channel_name
from clothier.eventlog.contracts import Happening
from clothier.kernel.money import Money
from clothier.kernel.words import shown
from clothier.standards.contracts import PromiseView


@dataclass(frozen=True, slots=True)
class Item:
    """As the timeline component draws it."""

    title: str
    at: datetime
    detail: str = ""
    icon: str = ""
    tone: str = ""
    href: str = ""


_MARKS = {
    NoteKind.OPENING: ("flag", ""),
    NoteKind.REPLY: ("chat", "good"),
    NoteKind.CUSTOMER: ("person", "info"),
    NoteKind.CALL: ("phone", "good"),
    NoteKind.SOLUTION: ("heart", "good"),
    NoteKind.INTERNAL: ("note", ""),
}
# Steps that no other row of the case tells of, by their event.
_STEPS: dict[str, tuple[Sentence, str, str]] = {
    "case.assigned": (pgettext_lazy("case story", "换了负责人"), "people", ""),
    "case.reclassified": (pgettext_lazy("case story", "改了分类"), "tag", ""),
    "case.marked_complex": (pgettext_lazy("case story", "标为复杂"), "merge", "warn"),
    "case.marked_serious": (pgettext_lazy("case story", "标为重大"), "warning", "bad"),
    "case.done": (pgettext_lazy("case story", "办结"), "check", "good"),
    "case.result_confirmed": (pgettext_lazy("case story", "顾客确认结果"), "check", "good"),
    "case.reopened": (pgettext_lazy("case story", "重新打开"), "undo", "bad"),
    "case.closed": (pgettext_lazy("case story", "关闭"), "lock", ""),
    "case.withdrawn": (pgettext_lazy("case story", "顾客撤回"), "close", ""),
    "case.merged": (pgettext_lazy("case story", "并入另一张服务单"), "merge", ""),
    "case.linked": (pgettext_lazy("case story", "关联另一张服务单"), "link", ""),
    "case.identified": (pgettext_lazy("case story", "知道了是哪位顾客"), "person", ""),
    "case.cause_set": (pgettext_lazy("case story", "定了原因"), "search", ""),
    "case.line_described": (pgettext_lazy("case story", "改了一件商品的说明"), "tag", ""),
    "case.found": (pgettext_lazy("case story", "捡到的就是这件"), "search", "good"),
    "case.photo_added": (pgettext_lazy("case story", "加了照片"), "eye", ""),
    "case.rated": (pgettext_lazy("case story", "顾客评价"), "star", "good"),
    "case.reply_sent": (pgettext_lazy("case story", "在会话里回复"), "chat", "good"),
    "case.customer_wrote": (pgettext_lazy("case story", "顾客在会话里说话"), "person", "info"),
    "case.card_sent": (pgettext_lazy("case story", "服务卡发给了顾客"), "phone", "good"),
    "case.step_undone": (pgettext_lazy("case story", "撤销了上一步"), "undo", "warn"),
    "case.call_missed": (pgettext_lazy("case story", "电话没接通"), "phone", "warn"),
}


_SAID = ("case.reply_sent", "case.customer_wrote")


def story_of(
    file: CaseFile, entries: Sequence[Happening], clocks: Iterable[PromiseView], people: dict[int, str]
) -> list[Item]:
    told = [*_words(file, people), *_steps(entries, people), *_waits(file), *_goods(file), *_gifts(file, people),
            *_attempts(file, people), *_broken(clocks)]  # fmt: skip
    return sorted(told, key=lambda item: item.at, reverse=True)


def _words(file: CaseFile, people: dict[int, str]) -> Iterator[Item]:
    for note in file.notes:
        icon, tone = _MARKS[note.kind]
        yield Item(_by(words.NOTE_NAMES[note.kind], people.get(note.author_id or 0)), note.at, note.text, icon, tone)


def _steps(entries: Sequence[Happening], people: dict[int, str]) -> Iterator[Item]:
    for entry in entries:
        # What was said in a conversation is read there; the case knows that it was.
        said_here = entry.type in _SAID and entry.payload.get("note_id")
        if entry.type in _STEPS and not said_here:
            said, icon, tone = _STEPS[entry.type]
            yield Item(
                _by(said, people.get(entry.actor_id or 0)), entry.occurred_at, _instead(entry.payload), icon, tone
            )


def _instead(told: Any) -> str:
    """Which way the service card went in place of the one that failed."""
    if not told.get("instead_of"):
        return ""
    channels = {"failed": channel_name(told["instead_of"]), "by": channel_name(told["channel"])}
    return _("%(failed)s没有送到，改用%(by)s") % channels


def _waits(file: CaseFile) -> Iterator[Item]:
    for one in file.waitings:
        yield Item(shown(one, "waiting_for"), one.since, file.words(one.sealed), "pause", "warn")
        if one.until:
            yield Item(_("等到了，继续"), one.until, "", "refresh", "")


def _goods(file: CaseFile) -> Iterator[Item]:
    for one in file.handovers:
        signed = file.words(one.sealed_signature).partition("\n")[0]
        more = [one.vendor, file.words(one.sealed), _("签名：%(who)s") % {"who": signed} if signed else ""]
        title = _("货品交接：%(holder)s") % {"holder": shown(one, "holder")}
        yield Item(title, one.at, " · ".join(filter(None, more)), "box", "info")


def _gifts(file: CaseFile, people: dict[int, str]) -> Iterator[Item]:
    for one in file.compensations:
        what = {"form": shown(one, "form"), "sum": Money(one.fen)}
        why, asker = file.words(one.sealed), people.get(one.asked_by or 0)
        approval = file.approvals.get(one.pk)
        if approval:
            yield Item(_by(_("申请补偿：%(form)s %(sum)s") % what, asker), one.asked_at, why, "gift", "")
            said = _("同意补偿") if approval.approved else _("未同意补偿")
            tone = "good" if approval.approved else "bad"
            who = people.get(approval.decided_by or 0)
            yield Item(_by(said, who), approval.decided_at, file.words(approval.sealed), "hand", tone)
        elif one.state == "asked":
            yield Item(_by(_("申请补偿：%(form)s %(sum)s") % what, asker), one.asked_at, why, "gift", "warn")
        if one.issued_at:
            yield Item(_("补偿已发放：%(form)s %(sum)s") % what, one.issued_at, "" if approval else why, "gift", "good")


def _attempts(file: CaseFile, people: dict[int, str]) -> Iterator[Item]:
    for one in file.attempts:
        yield Item(_by(_("请顾客确认"), people.get(one.actor_id or 0)), one.at, file.words(one.sealed), "bell", "")


def _broken(clocks: Iterable[PromiseView]) -> Iterator[Item]:
    """A promise that broke is part of the story, at the moment it did."""
    for clock in clocks:
        if clock.state == "broken" and clock.due_at:
            yield Item(_("超时：%(promise)s") % {"promise": clock.name}, clock.due_at, "", "warning", "bad",
                       f"/rules/promises/{clock.id}/")  # fmt: skip


def _by(said: Any, who: str | None) -> str:
    return f"{said} · {who}" if who else str(said)
