"""Why a promise stands as it does, in plain words: its timeline, its rule, and the reason it broke."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clothier.desks.rulebook import words
from clothier.desks.rulebook.reading import promise_sentence
from clothier.desks.shell.words import HOUR, duration, moment
from clothier.standards.selectors import History

_MARKS = {
    "start": ("flag", ""),
    "keep": ("check", "good"),
    "cancel": ("minus", ""),
    "pause": ("pause", ""),
    "broken": ("warning", "bad"),
    "kept": ("check", "good"),
    "tell": ("bell", "warn"),
    "acknowledge": ("hand", "good"),
    "undo": ("undo", ""),
    "waive": ("flag", ""),
}


def people(history: History) -> list[int | None]:
    """Everybody named in the story."""
    named: list[int | None] = [history.view.owner_id]
    named += [event.actor_id for event in history.events]
    named += [person for timer in history.timers for person in timer.employee_ids]
    for waiver in history.waivers:
        named += [waiver.asked_by, waiver.decided_by]
    return named


def rule_in_words(history: History) -> str:
    return promise_sentence(history.rule.model_dump(mode="json", exclude_defaults=True))


def timeline(history: History, names: dict[int, str]) -> list[dict[str, Any]]:
    """The story, oldest first, as items of the timeline component."""
    items = [_fact(event, names, history) for event in history.events]
    items += [_told(timer, names, history) for timer in history.timers]
    items += [_verdict(verdict, history) for verdict in history.verdicts]
    for waiver in history.waivers:
        items += _waiver(waiver, names)
    items.sort(key=_moment)
    return items


def _moment(item: dict[str, Any]) -> datetime:
    at: datetime = item["at"]
    return at


def _item(mark: str, at: datetime, title: str, detail: str = "") -> dict[str, Any]:
    icon, tone = _MARKS.get(mark, ("clock", ""))
    return {"icon": icon, "tone": tone, "at": at, "title": title, "detail": detail}


def _fact(event: Any, names: dict[int, str], history: History) -> dict[str, Any]:
    titles = {
        "start": _("开始计时"),
        "keep": _("做到了要做的事"),
        "cancel": _("不再需要"),
        "pause": _("暂停计时"),
        "resume": _("恢复计时"),
        "word": _("顾客说话了，恢复计时"),
        "reset": _("重新计时"),
        "reopen": _("重新打开"),
        "retarget": _("时限改变"),
        "acknowledge": _("有人接手"),
        "waive": _("予以豁免"),
        "undo": _("撤销了上一步"),
    }
    said = [exactly(event.at, history)]
    if event.actor_id:
        said.append(names.get(event.actor_id, ""))
    if event.seconds is not None and event.kind in ("start", "retarget"):
        said.append(_("时限 %(time)s") % {"time": duration(event.seconds)})
    if event.reason and event.kind == "pause":
        said.append(_("原因：%(reason)s") % {"reason": words.field(event.reason)})
    late = (event.recorded_at - event.at).total_seconds()
    if late >= 2:
        said.append(_("晚 %(time)s 才报上来") % {"time": duration(late)})
    return _item(event.kind, event.at, titles[event.kind], " · ".join(one for one in said if one))


def _told(timer: Any, names: dict[int, str], history: History) -> dict[str, Any]:
    late = (timer.fired_at - timer.fire_at).total_seconds()
    lag = _("（晚了 %(time)s）") % {"time": duration(late)} if late >= 1 else ""
    if timer.step == 0:
        return _item("broken", timer.fired_at, _("时间到，没有守住") + lag, exactly(timer.fired_at, history))
    roles = _("、").join(words.role(role) for role in timer.role.split(","))
    who = _("、").join(names.get(person, f"#{person}") for person in timer.employee_ids)
    detail = who or _("这个岗位当时没有人")
    return _item("tell", timer.fired_at, _("通知%(roles)s") % {"roles": roles} + lag, detail)


def _verdict(verdict: Any, history: History) -> dict[str, Any]:
    """What was decided. A broken one is decided the moment its time is up: how long it took is not known then."""
    said = {"outcome": words.STATES[verdict.outcome], "time": duration(verdict.elapsed_seconds)}
    corrected = verdict.revision > 1
    if verdict.outcome == "broken":
        title = _("更正判定：%(outcome)s") if corrected else _("判定：%(outcome)s")
    else:
        title = _("更正判定：%(outcome)s，用时 %(time)s") if corrected else _("判定：%(outcome)s，用时 %(time)s")
    title %= said
    detail = _("%(moment)s 前可因补报而更正") % {"moment": moment(verdict.final_at)}
    return _item(verdict.outcome, verdict.given_at, title, detail if history.view.provisional else "")


def _waiver(waiver: Any, names: dict[int, str]) -> list[dict[str, Any]]:
    who = names.get(waiver.asked_by, "")
    items = [_item("waive", waiver.asked_at, _("%(who)s申请豁免") % {"who": who}, waiver.reason)]
    if waiver.decided_at:
        title = _("批准豁免") if waiver.state == "approved" else _("未批准豁免")
        items.append(_item("waive", waiver.decided_at, title, names.get(waiver.decided_by, "")))
    return items


def why(history: History, names: dict[int, str]) -> list[str]:
    """Sentences that answer "why was it not kept?"; none when nothing broke."""
    last = history.verdicts[-1] if history.verdicts else None
    if last is None or last.outcome != "broken":
        return []
    facts = {"due": exactly(last.due_at or last.settled_at, history), "target": duration(last.target_seconds)}
    facts["keep"] = _keep(history)
    missed = _("应在 %(due)s 前做到（时限 %(target)s），到点时还没有发生「%(keep)s」。") % facts
    return [missed, *_after(history, last), *_pauses(history), *_heard(history, names)]


def late_by(history: History) -> int:
    """Seconds over the target by the promise's own clock, which stands still when it is paused or the store is shut."""
    return max(history.view.elapsed_seconds - history.view.target_seconds, 0)


def exactly(at: datetime, history: History) -> str:
    """A moment, with its second where seconds decide."""
    if history.view.target_seconds >= HOUR:
        return moment(at)
    return date_format(timezone.localtime(at), _("n月j日 H:i:s"))


def _keep(history: History) -> str:
    joined = _("并且") if history.rule.keep_all else _("或")
    return joined.join(words.event(one.event) for one in history.rule.keep)


def _after(history: History, last: Any) -> list[str]:
    closed = history.promise.closed_at
    if closed is None:
        return [_("到现在还没有做到。")]
    kept = any(event.kind == "keep" and event.at == closed for event in history.events)
    if kept:
        said = {"time": duration(history.view.elapsed_seconds), "late": duration(late_by(history))}
        return [_("后来做到了，用时 %(time)s，晚了 %(late)s。") % said]
    return [_("之后不再需要，了结于 %(at)s。") % {"at": exactly(closed, history)}]


def _pauses(history: History) -> list[str]:
    count = sum(1 for event in history.events if event.kind == "pause")
    return [_("期间暂停过 %(n)s 次，暂停的时间没有算进去。") % {"n": count}] if count else []


def _heard(history: History, names: dict[int, str]) -> list[str]:
    told = [timer for timer in history.timers if timer.step > 0]
    reached = {person for timer in told for person in timer.employee_ids}
    said = []
    if told and not reached:
        said.append(_("升级通知时，相应岗位没有人。"))
    elif told:
        said.append(_("已通知%(who)s。") % {"who": _("、").join(names.get(one, f"#{one}") for one in sorted(reached))})
    taken = any(event.kind == "acknowledge" for event in history.events)
    said.append(_("有人接手。") if taken else _("没有人点过接手。"))
    return said
