"""The design page: every component in both themes, so that a change of look is seen everywhere at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from clothier.desks.shell.access import signed_in
from clothier.kernel import clock
from clothier.staff.middleware import ViewerRequest

SPRITE = Path(__file__).parent / "static" / "clothier" / "icons" / "sprite.svg"


@dataclass(frozen=True)
class Sample:
    """A promise to draw: as much of one as a ring needs."""

    name: str
    state: str
    started_at: datetime
    due_at: datetime | None
    target_seconds: int
    elapsed_seconds: float
    closed_at: datetime | None = None


class SampleForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="怎么称呼顾客，例如“林女士”。")
    size = forms.ChoiceField(label="尺码", choices=[("s", "S"), ("m", "M"), ("l", "L")])
    reason = forms.ChoiceField(
        label="没有留下的原因",
        choices=[("small", "偏小"), ("colour", "颜色")],
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="顾客同意接收上新消息", required=False)


@signed_in()
def gallery(request: ViewerRequest) -> HttpResponseBase:
    now = clock.now()
    return render(
        request,
        "shell/gallery.html",
        {
            "icons": re.findall(r'symbol id="(\w+)"', SPRITE.read_text()),
            "rings": list(_rings(now)),
            "form": SampleForm(auto_id="sample_%s"),
            "wrong": SampleForm({"name": "", "size": "m"}, auto_id="wrong_%s"),
            "tabs": [
                {"label": _("全部"), "href": "#", "current": True, "count": 128},
                {"label": _("未兑现"), "href": "#", "count": 3},
                {"label": _("已结束"), "href": "#"},
            ],
            "events": _events(now),
            "spec": _spec(),
        },
    )


def _rings(now: datetime) -> Iterator[Sample]:
    def sample(name: str, state: str, target: int, elapsed: float) -> Sample:
        started = now - timedelta(seconds=elapsed)
        return Sample(name, state, started, started + timedelta(seconds=target), target, elapsed)

    yield sample(_("到店迎宾"), "running", 180, 20)
    yield sample(_("接近"), "running", 60, 47)
    yield sample(_("试衣间呼叫"), "broken", 60, 72)
    yield sample(_("推荐"), "kept", 180, 95)
    yield sample(_("维修完成"), "paused", 259_200, 90_000)
    yield sample(_("投诉答复"), "running", 86_400, 30_000)
    yield sample(_("回访"), "waived", 60, 20)


def _events(now: datetime) -> list[dict[str, Any]]:
    rows = [
        (3, _("顾客到店"), _("会员码，1 位"), "door", ""),
        (2, _("已迎宾"), _("周敏，用时 8 秒"), "check", "good"),
        (1, _("试衣间呼叫超时"), _("超过 12 秒，已通知值班主管"), "bell", "bad"),
    ]
    return [
        {"at": now - timedelta(minutes=minutes), "title": title, "detail": detail, "icon": icon, "tone": tone}
        for minutes, title, detail, icon, tone in rows
    ]


def _spec() -> dict[str, Any]:
    days = [("周一", 42), ("周二", 38), ("周三", 51), ("周四", 47), ("周五", 66), ("周六", 118), ("周日", 104)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": 180,
        "data": {"values": [{"day": day, "visits": visits} for day, visits in days]},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "day", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "visits", "type": "quantitative", "title": None},
            "tooltip": [{"field": "day"}, {"field": "visits"}],
        },
    }
